import { describe, expect, test } from 'vitest';
import { computeFamily, familiesOf } from '#core/signals/compute.ts';
import { at, day, SETTINGS } from '#core/signals/facts.test-support.ts';
import { type Intent, NO_FACTS, type PastHealth } from '#core/signals/facts.ts';
import { healthSignals } from '#core/signals/health.ts';
import { asOfInstant } from '#core/signals/moment.ts';

const now = asOfInstant(at('2025-03-10T12:00'), 'UTC');
const past = (...rows: [string, number | null, string | null][]): PastHealth[] =>
  rows.map(([date, score, band]) => ({ day: day(date), score, band }));

test.each<[string, keyof ReturnType<typeof healthSignals>, PastHealth[], number | null]>([
  [
    'change in 7 days',
    'health.change_7d',
    past(['2025-03-02', 10, 'red'], ['2025-03-03', 60, 'yellow'], ['2025-03-04', 90, 'green']),
    10.5,
  ],
  ['the newest score by then', 'health.change_30d', past(['2025-01-01', 50, 'yellow']), 20.5],
  ['no score then', 'health.change_7d', past(['2025-03-01', 60, 'yellow'], ['2025-03-03', null, null]), null],
  ['no past', 'health.change_7d', [], null],
  [
    'days in the band',
    'health.band_days',
    past(['2025-03-05', 60, 'yellow'], ['2025-03-07', 71, 'green'], ['2025-03-09', 75, 'green']),
    3,
  ],
  ['a band that began today', 'health.band_days', past(['2025-03-09', 60, 'yellow']), 0],
  [
    'today’s earlier entry is not the past',
    'health.band_days',
    past(['2025-03-08', 70, 'green'], ['2025-03-10', 10, 'red']),
    2,
  ],
])('%s', (_name, key, rows, expected) => {
  expect(healthSignals(rows, { score: 70.5, band: 'green' }, now)[key]).toBe(expected);
});

test('without a score there is neither change nor band', () => {
  const values = healthSignals(past(['2025-03-01', 60, 'yellow']), { score: null, band: null }, now);
  expect(new Set(Object.values(values))).toEqual(new Set([null]));
});

describe('intent', () => {
  const intent = (kind: Intent['kind'], noted: string, resolved: string | null = null): Intent => ({
    kind,
    at: at(noted),
    resolvedAt: resolved === null ? null : at(resolved),
  });
  const read = (...intents: Intent[]) => computeFamily('intent', { ...NO_FACTS, intents }, now, SETTINGS);

  test.each<[string, Intent[], keyof ReturnType<typeof read>, boolean | null]>([
    ['open, of 90 d', [intent('competitor', '2024-12-11')], 'intent.competitor_90d', true],
    ['older', [intent('competitor', '2024-12-10')], 'intent.competitor_90d', false],
    ['resolved', [intent('cancellation', '2025-03-01', '2025-03-02')], 'intent.cancel_90d', false],
    ['resolved tomorrow', [intent('cancellation', '2025-03-01', '2025-03-11')], 'intent.cancel_90d', true],
    ['another kind', [intent('restructuring', '2025-03-01')], 'intent.budget_90d', false],
    ['a budget cut', [intent('budget_cut', '2025-03-01')], 'intent.budget_90d', true],
    ['a downgrade', [intent('downgrade', '2025-03-01')], 'intent.downgrade_90d', true],
    ['noted tomorrow', [intent('downgrade', '2025-03-11')], 'intent.downgrade_90d', null],
  ])('%s', (_name, intents, key, expected) => {
    expect(read(...intents)[key]).toBe(expected);
  });
});

test('a new ticket touches support alone, a new contact whatever reads roles', () => {
  expect(familiesOf('tickets')).toEqual(['support']);
  expect(familiesOf('stakeholders')).toEqual(['sentiment', 'engagement', 'stakeholders']);
});
