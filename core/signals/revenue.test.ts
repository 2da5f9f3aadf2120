import { describe, expect, test } from 'vitest';
import { computeFamily } from '#core/signals/compute.ts';
import { at, day, invoice, payment, SETTINGS, subscription } from '#core/signals/facts.test-support.ts';
import { type ArrStatement, type Invoice, NO_FACTS, type Subscription } from '#core/signals/facts.ts';
import { asOfInstant } from '#core/signals/moment.ts';

const NOON = '2025-03-10T12:00';
const USD = new Map([
  [
    'USD',
    [
      { day: day('2024-01-01'), rate: 0.9 },
      { day: day('2025-03-10'), rate: 1 },
    ],
  ],
]);

function contractOf(subscriptions: Subscription[], moment = NOON) {
  return computeFamily('contract', { ...NO_FACTS, subscriptions }, asOfInstant(at(moment), 'UTC'), {
    ...SETTINGS,
    rates: USD,
  });
}
const year = (mrrMinor: number, more: Partial<Subscription> = {}, terms = {}) =>
  subscription('2025-01-01', '2026-01-01', { mrrMinor, ...terms }, [], more);

test.each<[string, keyof ReturnType<typeof contractOf>, Subscription[], number | boolean | null]>([
  [
    'MRR of the active lines',
    'contract.mrr',
    [year(100), year(50), subscription('2024-01-01', '2025-03-10'), subscription('2025-03-11', null)],
    150,
  ],
  [
    'the first day is inside, the end is not',
    'contract.mrr',
    [subscription('2025-03-10', null, { mrrMinor: 1 }), subscription('2025-01-01', '2025-03-11', { mrrMinor: 2 })],
    3,
  ],
  [
    'rows change on their own day',
    'contract.mrr',
    [
      subscription('2025-01-01', null, { mrrMinor: 1 }, [
        ['2025-03-10', { mrrMinor: 2 }],
        ['2025-03-11', { mrrMinor: 3 }],
      ]),
    ],
    2,
  ],
  ['ARR is twelve times MRR', 'contract.arr', [year(100)], 1200],
  ['0 after the last subscription', 'contract.arr', [subscription('2024-01-01', '2025-01-01')], 0],
  ['missing before the first', 'contract.arr', [subscription('2025-03-11', null)], null],
  ['money at the rate of the day', 'contract.mrr', [year(100, {}, { currency: 'USD' })], 100],
  ['missing without a rate', 'contract.mrr', [year(100, {}, { currency: 'CHF' })], null],
  [
    'change in a year, each at the rate of its day',
    'contract.arr_change_365d',
    [subscription('2024-01-01', null, { mrrMinor: 1000, currency: 'USD' })],
    1000 / 900 - 1,
  ],
  ['change against nothing', 'contract.arr_change_365d', [subscription('2024-03-11', null)], null],
  [
    'change from the day 365 days ago',
    'contract.arr_change_365d',
    [subscription('2024-03-10', null, { mrrMinor: 100 }, [['2024-03-11', { mrrMinor: 150 }]])],
    0.5,
  ],
  ['to the nearest end', 'contract.days_to_renewal', [year(1), subscription('2025-01-01', '2025-03-20')], 10],
  ['to the renewal date before the end', 'contract.days_to_renewal', [year(1, { renewalDay: day('2025-03-10') })], 0],
  [
    'a renewal date that is past',
    'contract.days_to_renewal',
    [subscription('2025-01-01', '2025-03-20', {}, [], { renewalDay: day('2025-03-09') })],
    10,
  ],
  ['open-ended', 'contract.days_to_renewal', [subscription('2025-01-01', null)], null],
  [
    'term of the largest by MRR',
    'contract.term_months',
    [year(100, { termMonths: 12 }), year(200, { termMonths: 36 })],
    36,
  ],
  [
    'then by seats',
    'contract.term_months',
    [year(100, { termMonths: 12 }, { quantity: 5 }), year(100, { termMonths: 36 }, { quantity: 6 })],
    36,
  ],
  [
    'then by age',
    'contract.term_months',
    [year(100), subscription('2024-12-31', null, { mrrMinor: 100 }, [], { termMonths: 1 })],
    1,
  ],
  ['24 months are multi-year', 'contract.multi_year', [year(1, { termMonths: 24 })], true],
  ['23 are not', 'contract.multi_year', [year(1, { termMonths: 23 })], false],
  ['unknown term', 'contract.multi_year', [year(1, { termMonths: null })], null],
  [
    'auto-renew of the largest',
    'contract.auto_renew',
    [year(1, { autoRenew: true }), year(2, { autoRenew: false })],
    false,
  ],
  ['no active subscription, no term', 'contract.term_months', [subscription('2024-01-01', '2025-01-01')], null],
])('contract: %s', (_name, key, subscriptions, expected) => {
  const value = contractOf(subscriptions)[key];
  if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 9);
  else expect(value).toBe(expected);
});

describe('growth.seats_change_365d', () => {
  const change = (...subscriptions: Subscription[]) =>
    computeFamily('growth', { ...NO_FACTS, subscriptions }, asOfInstant(at(NOON), 'UTC'), SETTINGS)[
      'growth.seats_change_365d'
    ];

  test('seats today against 365 days ago', () => {
    expect(change(subscription('2024-01-01', null, { quantity: 10 }, [['2025-01-01', { quantity: 15 }]]))).toBe(0.5);
  });
  test('only lines whose unit is users', () => {
    expect(change(subscription('2024-01-01', null, { unit: 'gigabytes' }))).toBeNull();
  });
});

/** 90 d begin on 11 December, 365 d on 11 March 2024. */
function billingOf(invoices: Invoice[]) {
  return computeFamily('billing', { ...NO_FACTS, invoices }, asOfInstant(at(NOON), 'UTC'), SETTINGS);
}

test.each<[string, keyof ReturnType<typeof billingOf>, Invoice[], number | boolean | null]>([
  [
    'the oldest unpaid',
    'billing.days_overdue',
    [invoice('2025-01-01', '2025-02-01'), invoice('2025-01-10', '2025-02-20')],
    37,
  ],
  ['due today is not overdue', 'billing.days_overdue', [invoice('2025-01-01', '2025-03-10')], 0],
  [
    'paid is not',
    'billing.days_overdue',
    [invoice('2025-01-01', '2025-02-01', { payments: [payment('2025-02-10')] })],
    0,
  ],
  [
    'paid tomorrow is, today',
    'billing.days_overdue',
    [invoice('2025-01-01', '2025-03-01', { payments: [payment('2025-03-11')] })],
    9,
  ],
  [
    'paid in part is',
    'billing.days_overdue',
    [invoice('2025-01-01', '2025-03-01', { payments: [payment('2025-02-10', 999)] })],
    9,
  ],
  [
    'disputed ones too',
    'billing.days_overdue',
    [invoice('2025-01-01', '2025-03-01', { disputes: [{ fromAt: at('2025-03-02'), toAt: null }] })],
    9,
  ],
  ['a credit is never open', 'billing.days_overdue', [invoice('2025-01-01', '2025-03-01', { amountMinor: -500 })], 0],
  ['no invoice yet', 'billing.days_overdue', [invoice('2025-03-11', '2025-03-01')], null],
  [
    'late: paid after, or still open after, the due day',
    'billing.late_ratio_365d',
    [
      invoice('2024-05-01', '2024-06-01', { payments: [payment('2024-06-01T23:59')] }),
      invoice('2024-05-01', '2024-06-01', { payments: [payment('2024-06-02')] }),
      invoice('2025-01-01', '2025-03-09'),
      invoice('2025-01-01', '2025-03-10'),
    ],
    0.5,
  ],
  [
    'late: by the last payment',
    'billing.late_ratio_365d',
    [invoice('2024-05-01', '2024-06-01', { payments: [payment('2024-05-20', 400), payment('2024-06-20', 600)] })],
    1,
  ],
  [
    'late: the window is by due day',
    'billing.late_ratio_365d',
    [invoice('2024-02-01', '2024-03-10'), invoice('2025-03-01', '2025-03-11')],
    null,
  ],
  [
    'failed payments of 90 d',
    'billing.failed_payments_90d',
    [invoice('2024-01-01', '2024-02-01', { failedAt: [at('2024-12-10'), at('2024-12-11'), at('2025-03-11')] })],
    1,
  ],
  [
    'an open dispute',
    'billing.dispute_open',
    [invoice('2025-01-01', '2025-03-01', { disputes: [{ fromAt: at('2025-03-02'), toAt: null }] })],
    true,
  ],
  [
    'one that ends tomorrow',
    'billing.dispute_open',
    [invoice('2025-01-01', '2025-03-01', { disputes: [{ fromAt: at('2025-03-02'), toAt: at('2025-03-11') }] })],
    true,
  ],
  [
    'one that is over',
    'billing.dispute_open',
    [invoice('2025-01-01', '2025-03-01', { disputes: [{ fromAt: at('2025-03-02'), toAt: at('2025-03-03') }] })],
    false,
  ],
])('billing: %s', (_name, key, invoices, expected) => {
  expect(billingOf(invoices)[key]).toBe(expected);
});

describe('ARR that a source states', () => {
  const said = (from: string, amountMinor: number | null, more: Partial<ArrStatement> = {}): ArrStatement => ({
    ...{ fromDay: day(from), amountMinor, currency: 'EUR', beforeContracts: false, ...more },
  });
  test.each<[string, Subscription[] | null, ArrStatement[], number | null, number | null]>([
    ['counts without contracts', null, [said('2025-03-10', 5000)], 5000, 417],
    ['counts before the first contract', [subscription('2025-03-11', null)], [said('2025-01-01', 600)], 600, 50],
    ['gives way to contracts', [year(100)], [said('2025-01-01', 5000)], 1200, 100],
    ['gives way to contracts that ended', [subscription('2024-01-01', '2025-01-01')], [said('2025-01-01', 5000)], 0, 0],
    [
      'counts before contracts where it is trusted more',
      [year(100)],
      [said('2025-01-01', 600, { beforeContracts: true })],
      600,
      50,
    ],
    ['counts from its day', [year(100)], [said('2025-03-11', 600, { beforeContracts: true })], 1200, 100],
    ['counts until it is withdrawn', null, [said('2025-01-01', 600), said('2025-03-10', null)], null, null],
    ['is converted at the rate of the day', null, [said('2025-01-01', 600, { currency: 'USD' })], 600, 50],
    ['is missing without a rate', null, [said('2025-01-01', 600, { currency: 'CHF' })], null, null],
  ])('%s', (_name, subscriptions, arrStatements, arr, mrr) => {
    const facts = { ...NO_FACTS, subscriptions, arrStatements };
    const values = computeFamily('contract', facts, asOfInstant(at(NOON), 'UTC'), { ...SETTINGS, rates: USD });
    expect([values['contract.arr'], values['contract.mrr']]).toEqual([arr, mrr]);
  });

  test('does not show as growth: a year is compared by its contract lines', () => {
    const facts = {
      ...NO_FACTS,
      subscriptions: [subscription('2023-01-01', null, { mrrMinor: 100 })],
      arrStatements: [said('2025-01-01', 5000, { beforeContracts: true })],
    };
    expect(computeFamily('contract', facts, asOfInstant(at(NOON), 'UTC'), SETTINGS)['contract.arr_change_365d']).toBe(
      0,
    );
  });
});
