import type { SignalValue, SignalValues } from '#core/condition/types.ts';
import { nearestValueReaching } from './curve.ts';
import { evaluateScorecard } from './evaluate.ts';
import type { Scorecard, ScorecardSignal } from './scorecard.ts';

/** A signal whose move to its green limit would raise the score. */
export interface Recommendation {
  signal: string;
  /** key of the component that it is taken from */
  component: string;
  from: SignalValue;
  /** its green limit: the value nearest to `from` whose points reach the lower limit of the highest band */
  to: number | boolean;
  /** points that the score would win, exact, everything else unchanged */
  points: number;
  /** share (0..1) of accounts here that moved it that far within 90 days; null = no history yet */
  likelihood: number | null;
  /** points × likelihood; without history the points themselves */
  expected: number;
}

/** What would show as +0.0 is no advice. */
const leastPoints = 0.05;

/** How often accounts here moved a signal this far within 90 days; null = no history yet. */
export type Likelihood = (signal: string, from: SignalValue, to: number | boolean) => number | null;

/**
 * The signals whose reaching of their green limit would raise the score most, the best first, at most `limit`
 * (chapter 03). Missing signals and those at their limit give none, and nor does an account without a score.
 */
export function recommend(
  scorecard: Scorecard,
  values: SignalValues,
  likelihood: Likelihood = () => null,
  limit = 3,
): Recommendation[] {
  const { score } = evaluateScorecard(scorecard, values);
  if (score === null) return [];
  const all = scorecard.components.flatMap(({ key, signals }) =>
    signals.flatMap((one) => recommendSignal(scorecard, values, score, key, one, likelihood) ?? []),
  );
  const best = all.toSorted((a, b) => b.expected - a.expected);
  // a signal that stands in several components is named once, with its best
  return best.filter((one, i) => best.findIndex(({ signal }) => signal === one.signal) === i).slice(0, limit);
}

function recommendSignal(
  scorecard: Scorecard,
  values: SignalValues,
  score: number,
  component: string,
  { signal, weight, curve }: ScorecardSignal,
  likelihood: Likelihood,
): Recommendation | null {
  const from = values[signal] ?? null;
  if (curve === null || weight === 0) return null;
  const to = nearestValueReaching(curve, from, scorecard.bands[0]!.lower);
  if (to === null || to === from) return null;
  const points = evaluateScorecard(scorecard, { ...values, [signal]: to }).score! - score;
  if (points < leastPoints) return null;
  const share = likelihood(signal, from, to);
  return { signal, component, from, to, points, likelihood: share, expected: points * (share ?? 1) };
}
