import { expect, test } from 'vitest';
import { computeFamily } from '#core/signals/compute.ts';
import { at, goal, SETTINGS, subscription } from '#core/signals/facts.test-support.ts';
import { type AccountFacts, type Goal, NO_FACTS } from '#core/signals/facts.ts';
import { asOfInstant } from '#core/signals/moment.ts';
import { isOnTrack } from '#core/signals/outcomes.ts';

/** Half of the year has passed. */
const HALFWAY = '2025-07-02T12:00';

function outcomesOf(facts: Partial<AccountFacts>) {
  return computeFamily('outcomes', { ...NO_FACTS, ...facts }, asOfInstant(at(HALFWAY), 'UTC'), SETTINGS);
}
const measured = (value: number, more: Partial<Goal> = {}, when = '2025-07-01') =>
  goal({ measures: [{ at: at(when), value }], ...more });
const worth = (amountMinor: number, when: string, confirmed = true, currency = 'EUR') =>
  goal({ values: [{ at: at(when), amountMinor, currency, confirmed }] });

test.each<[string, Goal, boolean | null]>([
  ['at the pace', measured(50), true],
  ['behind the pace', measured(49.9), false],
  ['achieved early', measured(100, { dueAt: at('2030-01-01') }), true],
  [
    'the latest measure decides',
    goal({
      measures: [
        { at: at('2025-02-01'), value: 90 },
        { at: at('2025-07-01'), value: 10 },
      ],
    }),
    false,
  ],
  [
    'a later measure is not known yet',
    goal({
      measures: [
        { at: at('2025-07-01'), value: 10 },
        { at: at('2025-07-03'), value: 90 },
      ],
    }),
    false,
  ],
  ['downwards at the pace', measured(75, { baseline: 100, target: 50 }), true],
  ['downwards behind it', measured(76, { baseline: 100, target: 50 }), false],
  ['past the due date only the target will do', measured(99, { dueAt: at('2025-06-01') }), false],
  ['and the target is enough for ever', measured(100, { dueAt: at('2025-03-01') }), true],
  ['without a due date the baseline is enough', measured(0, { dueAt: null }), true],
  ['and falling below it is not', measured(-1, { dueAt: null }), false],
  [
    'the first measure stands in for the baseline',
    goal({
      baseline: null,
      measures: [
        { at: at('2025-01-02'), value: 40 },
        { at: at('2025-07-01'), value: 60 },
      ],
    }),
    false,
  ],
  ['not measured', goal(), null],
  ['no target', measured(50, { target: null }), null],
  ['closed', measured(50, { closedAt: at('2025-07-01') }), null],
  ['closed tomorrow', measured(50, { closedAt: at('2025-07-03') }), true],
  ['not begun', measured(50, { startAt: at('2025-07-03') }), null],
])('goal: %s', (_name, objective, expected) => {
  expect(isOnTrack(objective, at(HALFWAY))).toBe(expected);
});

const paid = [subscription('2020-01-01', null, { mrrMinor: 36_500 })];

test.each<[string, keyof ReturnType<typeof outcomesOf>, Partial<AccountFacts>, number | boolean | null]>([
  [
    'share of the open, measured objectives',
    'outcomes.on_track',
    { goals: [measured(60), measured(10), goal(), measured(0, { closedAt: at('2025-02-01') })] },
    0.5,
  ],
  ['none measured', 'outcomes.on_track', { goals: [goal()] }, null],
  ['confirmed in 365 d', 'outcomes.value_proven', { goals: [worth(1, '2024-07-03')] }, true],
  ['confirmed before', 'outcomes.value_proven', { goals: [worth(1, '2024-07-02')] }, false],
  ['not confirmed', 'outcomes.value_proven', { goals: [worth(1, '2025-01-01', false)] }, false],
  ['no goals', 'outcomes.value_proven', {}, null],
  [
    'value over cost of 365 days',
    'outcomes.roi',
    {
      goals: [worth(400_000, '2025-01-01', false), worth(476_000, '2025-02-01'), worth(9, '2025-07-03')],
      subscriptions: paid,
    },
    2,
  ],
  [
    'cost day by day: 73 days of it',
    'outcomes.roi',
    {
      goals: [worth(87_600, '2025-01-01')],
      subscriptions: [subscription('2020-01-01', '2024-09-14', { mrrMinor: 36_500 })],
    },
    1,
  ],
  [
    'cost by the rows in force',
    'outcomes.roi',
    {
      goals: [worth(438_000, '2025-01-01')],
      subscriptions: [subscription('2020-01-01', null, { mrrMinor: 36_500 }, [['2024-07-03', { mrrMinor: 73_000 }]])],
    },
    0.5,
  ],
  ['nothing paid', 'outcomes.roi', { goals: [worth(1, '2025-01-01')] }, null],
  [
    'a currency without a rate',
    'outcomes.roi',
    { goals: [worth(1, '2025-01-01', true, 'CHF')], subscriptions: paid },
    null,
  ],
])('%s', (_name, key, facts, expected) => {
  const value = outcomesOf(facts)[key];
  if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 9);
  else expect(value).toBe(expected);
});
