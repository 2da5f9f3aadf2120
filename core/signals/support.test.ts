import { describe, expect, test } from 'vitest';
import { computeFamily } from '#core/signals/compute.ts';
import { at, SETTINGS, ticket } from '#core/signals/facts.test-support.ts';
import { NO_FACTS, type Ticket } from '#core/signals/facts.ts';
import { asOfInstant } from '#core/signals/moment.ts';

/** Monday noon. 30 d begin on 9 February, 30 cd on 8 February, 90 d on 11 December. */
const NOON = '2025-03-10T12:00';

function supportAt(moment: string, tickets: Ticket[] | null) {
  return computeFamily('support', { ...NO_FACTS, tickets }, asOfInstant(at(moment), 'UTC'), SETTINGS);
}

const early = ticket('2024-01-01', { solvedAt: [at('2024-01-02')] });

test.each<[string, keyof ReturnType<typeof supportAt>, Ticket[], number | null]>([
  [
    '30 d begin with midnight of the first day',
    'support.tickets_30d',
    [ticket('2025-02-08T23:59'), ticket('2025-02-09'), ticket(NOON)],
    2,
  ],
  ['a ticket of later today is not there yet', 'support.tickets_30d', [early, ticket('2025-03-10T12:01')], 0],
  [
    'change against the mean of three spans, today left out',
    'support.ticket_change',
    [
      ticket('2024-11-10'),
      ticket('2024-12-15'),
      ticket('2025-02-07'),
      ticket('2025-02-08'),
      ticket('2025-03-09'),
      ticket('2025-03-10'),
    ],
    1,
  ],
  ['change against none is missing', 'support.ticket_change', [ticket('2024-11-09'), ticket('2025-03-01')], null],
  [
    'open and severe',
    'support.open_high',
    [ticket('2024-05-01', { severity: 'high' }), ticket('2025-03-01', { severity: 'urgent' }), ticket('2025-03-01')],
    2,
  ],
  [
    'solved is not open',
    'support.open_high',
    [ticket('2025-03-01', { severity: 'high', solvedAt: [at('2025-03-02')] })],
    0,
  ],
  [
    'solved later than asked is open',
    'support.open_high',
    [ticket('2025-03-01', { severity: 'high', solvedAt: [at('2025-03-11')] })],
    1,
  ],
  [
    'reopened is open',
    'support.open_high',
    [ticket('2025-03-01', { severity: 'high', solvedAt: [at('2025-03-02')], reopenedAt: [at('2025-03-03')] })],
    1,
  ],
  [
    'solved again is not',
    'support.open_high',
    [
      ticket('2025-03-01', {
        severity: 'high',
        solvedAt: [at('2025-03-02'), at('2025-03-04')],
        reopenedAt: [at('2025-03-03')],
      }),
    ],
    0,
  ],
  [
    'first response: median of those answered by then',
    'support.first_response_hours',
    [
      ticket('2025-01-01', { firstResponseAt: at('2025-01-01T02:00') }),
      ticket('2025-02-01', { firstResponseAt: at('2025-02-01T05:00') }),
      ticket('2025-03-10', { firstResponseAt: at('2025-03-11') }),
      ticket('2024-12-10', { firstResponseAt: at('2024-12-20') }),
    ],
    3.5,
  ],
  ['first response: none answered', 'support.first_response_hours', [ticket('2025-03-01')], null],
  [
    'resolution: opening to latest solve, of those solved in 90 d',
    'support.resolution_hours',
    [
      ticket('2024-12-10', { solvedAt: [at('2024-12-10T20:00')] }),
      ticket('2024-11-30', { solvedAt: [at('2024-12-01'), at('2024-12-20')], reopenedAt: [at('2024-12-02')] }),
    ],
    480,
  ],
  [
    'resolution: a reopened ticket does not count',
    'support.resolution_hours',
    [ticket('2025-03-01', { solvedAt: [at('2025-03-02')], reopenedAt: [at('2025-03-03')] })],
    null,
  ],
  [
    'repeats: reopened, or the category of an earlier one',
    'support.repeat_ratio',
    [
      ticket('2025-01-01', { category: 'login' }),
      ticket('2025-01-02', { category: 'login' }),
      ticket('2025-01-03', { reopenedAt: [at('2025-01-04')] }),
      ticket('2025-01-05'),
    ],
    0.5,
  ],
  [
    'repeats: a category from before the 90 days is new',
    'support.repeat_ratio',
    [ticket('2024-12-10', { category: 'login' }), ticket('2025-01-02', { category: 'login' })],
    0,
  ],
  ['repeats: no ticket in 90 d', 'support.repeat_ratio', [early], null],
  [
    'escalations of 90 d, of old tickets too',
    'support.escalations_90d',
    [ticket('2024-01-01', { escalatedAt: at('2024-12-11') }), ticket('2025-01-01', { escalatedAt: at('2025-03-11') })],
    1,
  ],
  [
    'cancellation tickets',
    'support.cancellation_tickets_90d',
    [ticket('2025-01-01', { category: 'cancellation' }), ticket('2024-12-10', { category: 'cancellation' })],
    1,
  ],
  [
    'sentiment leaves the unknown out',
    'support.sentiment',
    [ticket('2025-01-01', { sentiment: -0.5 }), ticket('2025-01-02'), ticket('2025-01-03', { sentiment: 0 })],
    -0.25,
  ],
  ['sentiment of nothing known', 'support.sentiment', [ticket('2025-01-01')], null],
])('%s', (_name, key, tickets, expected) => {
  const value = supportAt(NOON, tickets)[key];
  if (expected === null) expect(value).toBeNull();
  else expect(value).toBeCloseTo(expected, 9);
});

describe('presence', () => {
  test('without any ticket every signal is missing', () => {
    expect(new Set(Object.values(supportAt(NOON, null)))).toEqual(new Set([null]));
    expect(new Set(Object.values(supportAt(NOON, [ticket('2025-03-11')])))).toEqual(new Set([null]));
  });

  test('a connection that covers the account makes silence a zero', () => {
    const facts = { ...NO_FACTS, coveredFrom: { tickets: at('2025-03-01') } };
    const read = (moment: string) =>
      computeFamily('support', facts, asOfInstant(at(moment), 'UTC'), SETTINGS)['support.tickets_30d'];
    expect(read(NOON)).toBe(0);
    expect(read('2025-02-28')).toBeNull();
  });
});
