import type { SignalValue, SignalValues } from '#core/condition/types.ts';
import { nearestValueReaching } from './curve.ts';
import { evaluateScorecard } from './evaluate.ts';
import type { Likelihood } from './reach.ts';
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
  /** how often accounts here moved it that far within 90 days; null = no history yet */
  likelihood: Likelihood | null;
  /** points × the share of likelihood; without history the points themselves */
  expected: number;
}

/** What would show as +0.0 is no advice. */
const leastPoints = 0.05;

/** How often accounts here moved a signal of a component this far within 90 days; null = no history yet. */
export type Likelihoods = (
  of: { component: string; signal: string },
  from: SignalValue,
  to: number | boolean,
) => Likelihood | null;

/**
 * The signals whose reaching of their green limit would raise the score most, the best first, at most `limit`
 * (chapter 03). Missing signals and those at their limit give none, and nor does an account without a score.
 */
export function recommend(
  scorecard: Scorecard,
  values: SignalValues,
  likelihoods: Likelihoods = () => null,
  limit = 3,
): Recommendation[] {
  const { score } = evaluateScorecard(scorecard, values);
  if (score === null) return [];
  const all = scorecard.components.flatMap(({ key, signals }) =>
    signals.flatMap((one) => recommendSignal(scorecard, values, score, key, one, likelihoods) ?? []),
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
  likelihoods: Likelihoods,
): Recommendation | null {
  const from = values[signal] ?? null;
  if (curve === null || weight === 0) return null;
  const to = nearestValueReaching(curve, from, scorecard.bands[0]!.lower);
  if (to === null || to === from) return null;
  const points = evaluateScorecard(scorecard, { ...values, [signal]: to }).score! - score;
  if (points < leastPoints) return null;
  const likelihood = likelihoods({ component, signal }, from, to);
  return { signal, component, from, to, points, likelihood, expected: points * (likelihood?.share ?? 1) };
}
