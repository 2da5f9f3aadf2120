import { evaluate } from '#core/condition/evaluate.ts';
import { explain } from '#core/condition/explain.ts';
import type { SignalValues } from '#core/condition/types.ts';
import type { RiskRule } from './rule.ts';
import type { EvidenceEntry, Resolution, RiskSignal } from './signal.ts';
import { type Finding, step } from './state.ts';

/** One account's signals as they were on one day. */
export interface HistoryDay {
  /** the moment they were taken, epoch ms */
  at: number;
  values: SignalValues;
  /** the customer had left by then: no rule holds */
  left?: boolean;
}

/** What no rule finds anything in. */
export const nothingHolds: Finding = { holds: false, evidence: [] };

/** An opening that a rule would have made, had it been on and nobody acted. */
export interface Opening {
  openedAt: number;
  /** null = still open at the end of the history */
  resolvedAt: number | null;
  resolution: Resolution | null;
  urgency: RiskSignal['urgency'];
  evidence: readonly EvidenceEntry[];
}

/** What the rule's condition gives for these values: the input of `step`. Evidence only where it holds. */
export function find(rule: RiskRule, values: SignalValues): Finding {
  const holds = evaluate(rule.condition, values);
  return { holds, evidence: holds ? explain(rule.condition, values) : [] };
}

/**
 * The openings of a rule over one account's daily history, ascending (chapter 04: back-fill, and trying a rule on the
 * past before it is turned on, so a rule that is off is tried as if on). `last` is the state to go on from.
 */
export function replay(
  rule: RiskRule,
  history: readonly HistoryDay[],
): { openings: Opening[]; last: RiskSignal | null } {
  const on = { ...rule, enabled: true };
  const openings: Opening[] = [];
  let last: RiskSignal | null = null;
  for (const { at, values, left = false } of history) {
    const { next, events } = step(last, on, left ? nothingHolds : find(on, values), at);
    if (next !== null && events.some(({ kind }) => kind === 'opened')) openings.push(openingOf(next));
    else if (next !== null && next !== last && openings.length > 0) {
      // pending evidence of a cooldown belongs to the opening that may follow, not to this one
      openings[openings.length - 1] = openingOf(next);
    }
    last = next;
  }
  return { openings, last };
}

function openingOf({ openedAt, resolvedAt, resolution, urgency, evidence }: RiskSignal): Opening {
  return { openedAt, resolvedAt, resolution, urgency, evidence };
}
