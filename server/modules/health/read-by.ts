import { evaluate, signalsOf } from '#core/condition/evaluate.ts';
import type { SignalValues } from '#core/condition/types.ts';
import type { Scorecard } from '#core/health/scorecard.ts';

/** The signals that the scorecards score or ask for. */
export function readBy(...scorecards: readonly Scorecard[]): string[] {
  const keys = scorecards.flatMap(({ components, appliesTo }) => [
    ...components.flatMap(({ signals }) => signals.filter(({ weight }) => weight > 0).map(({ signal }) => signal)),
    ...(appliesTo === null ? [] : signalsOf(appliesTo)),
  ]);
  return [...new Set(keys)];
}

export function isFor({ appliesTo }: Scorecard, values: SignalValues): boolean {
  return appliesTo === null || evaluate(appliesTo, values);
}
