/** outcomes.*: chapter 02, "Shipped signals"; chapter 06, "Value". */
import type { Day } from '#core/calendar/day.ts';
import { convert } from '#core/money/money.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, Goal, SignalSettings, Subscription } from '#core/signals/facts.ts';
import { startOfWindow } from '#core/signals/moment.ts';
import { isPresent } from '#core/signals/present.ts';

type OutcomesSignals = Record<KeysOf<'outcomes'>, number | boolean | null>;

const MISSING: OutcomesSignals = {
  'outcomes.on_track': null,
  'outcomes.value_proven': null,
  'outcomes.roi': null,
};

/** All outcome signals; every one null while the account has neither goals nor value entries. */
export function outcomesSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): OutcomesSignals {
  if (!isPresent('goals', facts, asOf)) return MISSING;
  const from = startOfWindow(asOf, 365, settings);
  const values = (facts.goals ?? []).flatMap((goal) => goal.values.filter(({ at }) => at >= from && at <= asOf.at));
  return {
    'outcomes.on_track': shareOnTrack(facts.goals ?? [], asOf.at),
    'outcomes.value_proven': values.some((value) => value.confirmed),
    'outcomes.roi': roi(values, facts, asOf.day, settings),
  };
}

function shareOnTrack(goals: readonly Goal[], at: number): number | null {
  let measured = 0;
  let onTrack = 0;
  for (const goal of goals) {
    const verdict = isOnTrack(goal, at);
    if (verdict === null) continue;
    measured++;
    if (verdict) onTrack++;
  }
  return measured === 0 ? null : onTrack / measured;
}

/**
 * Whether an open goal is on track at a moment: its latest measurement is at or past the straight line from the baseline
 * at its start to the target at its due date, and so also when it has reached the target. After the due date the line
 * stays at the target; without one it stays at the baseline. The first measurement stands in for a missing baseline.
 * A target below the baseline is reached downwards. Null if the goal is not open, not measured, or has no target.
 */
export function isOnTrack(goal: Goal, at: number): boolean | null {
  if (goal.startAt > at || (goal.closedAt !== null && goal.closedAt <= at) || goal.target === null) return null;
  const measures = goal.measures.filter((measure) => measure.at <= at);
  if (measures.length === 0) return null;
  const value = measures.at(-1)!.value;
  const baseline = goal.baseline ?? measures[0]!.value;
  const expected = baseline + (goal.target - baseline) * elapsedShare(goal, at);
  const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
  return goal.target >= baseline ? value >= expected - tolerance : value <= expected + tolerance;
}

function elapsedShare({ startAt, dueAt }: Goal, at: number): number {
  if (dueAt === null) return 0;
  return at >= dueAt ? 1 : (at - startAt) / (dueAt - startAt);
}

function roi(
  values: readonly Goal['values'][number][],
  facts: AccountFacts,
  day: Day,
  settings: SignalSettings,
): number | null {
  let value = 0;
  for (const entry of values) {
    const converted = convert(entry.amountMinor, entry.currency, settings.currency, day, settings.rates);
    if (converted === null) return null;
    value += converted;
  }
  const cost = costOfYear(facts.subscriptions ?? [], day, settings);
  return cost === null || cost === 0 ? null : value / cost;
}

/** What the 365 days up to and with a day cost: MRR × 12 ÷ 365 for each day of each subscription. Null if a rate is missing. */
function costOfYear(subscriptions: readonly Subscription[], day: Day, settings: SignalSettings): number | null {
  let cost = 0;
  for (const { startDay, endDay, changes } of subscriptions) {
    for (const [index, terms] of changes.entries()) {
      const from = Math.max(terms.fromDay, startDay, day - 364);
      const to = Math.min(
        changes[index + 1]?.fromDay ?? Number.POSITIVE_INFINITY,
        endDay ?? Number.POSITIVE_INFINITY,
        day + 1,
      );
      if (to <= from) continue;
      const converted = convert(terms.mrrMinor, terms.currency, settings.currency, day, settings.rates);
      if (converted === null) return null;
      cost += (converted * 12 * (to - from)) / 365;
    }
  }
  return cost;
}
