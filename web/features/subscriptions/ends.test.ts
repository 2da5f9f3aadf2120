import { describe, expect, test } from 'vitest';
import { byProduct, nextOf, type Subscription } from './ends.ts';

const today = '2026-11-22';
const line: Subscription = {
  id: 1,
  product: 'Suite',
  plan: 'pro',
  quantity: 10,
  unit: 'users',
  mrrMinor: 10_000,
  currency: 'EUR',
  startDay: '2026-01-01',
  endDay: null,
  renewalDay: null,
  termMonths: 12,
  autoRenew: null,
  active: true,
  changes: [],
};

describe('what comes next for a line', () => {
  test.each<[string, Partial<Subscription>, string | null]>([
    ['an end to come', { endDay: '2027-02-03' }, 'Ends 2027-02-03'],
    ['an end that passed', { endDay: '2026-02-03' }, 'Ended 2026-02-03'],
    ['it does not run on its end day', { endDay: today }, 'Ended 2026-11-22'],
    ['a renewal', { renewalDay: '2027-01-01' }, 'Renews 2027-01-01'],
    ['an end at which it renews by itself', { endDay: '2027-02-03', autoRenew: true }, 'Renews 2027-02-03'],
    [
      'an end at which it does not',
      { endDay: '2027-02-03', renewalDay: '2027-02-03', autoRenew: false },
      'Ends 2027-02-03',
    ],
    ['a renewal before the end', { endDay: '2028-02-03', renewalDay: '2027-02-03' }, 'Renews 2027-02-03'],
    ['a start to come', { startDay: '2027-01-01', endDay: '2028-01-01' }, 'Starts 2027-01-01'],
    ['nothing', {}, null],
  ])('%s', (_name, dates, said) => {
    const next = nextOf({ ...line, ...dates }, today);
    expect(next && `${next.word} ${next.day}`).toBe(said);
  });
});

test('lines by product, with the ARR of those that run', () => {
  const lines = [
    line,
    { ...line, id: 2, product: 'Add-on', mrrMinor: 500 },
    { ...line, id: 3, mrrMinor: 2000, currency: 'USD' },
    { ...line, id: 4, active: false },
  ];
  expect(byProduct(lines).map(({ name, lines: own, arr }) => [name, own.map(({ id }) => id), arr])).toEqual([
    [
      'Suite',
      [1, 3, 4],
      [
        { currency: 'EUR', amountMinor: 120_000 },
        { currency: 'USD', amountMinor: 24_000 },
      ],
    ],
    ['Add-on', [2], [{ currency: 'EUR', amountMinor: 6_000 }]],
  ]);
});
