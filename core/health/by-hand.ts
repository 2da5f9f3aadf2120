import { bandOf, weightedMean } from './evaluate.ts';
import type { Band } from './scorecard.ts';
import { simple4 } from './shipped/simple-4.ts';
import { shownScore } from './shown-score.ts';

export const factors = ['engagement', 'satisfaction', 'adoption', 'growth'] as const;
export type Factor = (typeof factors)[number];

/** Above this score an account is on target. */
export const target = 80;

/** The four factors' weights in percent, those of `simple-4`. */
export const factorWeights = Object.fromEntries(simple4.components.map(({ key, weight }) => [key, weight])) as Readonly<
  Record<Factor, number>
>;

/** What to do about a weak factor, most useful first. */
export const factorRecommendations: Readonly<Record<Factor, readonly string[]>> = {
  engagement: [
    'Book a meeting with the champion and agree on a rhythm: weekly, every two weeks or monthly.',
    'Invite the people who stayed away from the last meetings, each with a reason to come.',
    'Find a second contact, so that the relationship does not hang on one person.',
  ],
  satisfaction: [
    'Call everyone who gave a low score and close the loop within a day.',
    'Go through the open tickets with support and name a date for each.',
    'Tell the customer what was changed because of their feedback.',
  ],
  adoption: [
    'Pick the one core feature that is missing and show it on the customer’s own data.',
    'Run a short training for the users who never started.',
    'Agree on who uses what by when, and look at it together in two weeks.',
  ],
  growth: [
    'Show the value reached so far in the customer’s own figures.',
    'Look for teams that do the same work without the product.',
    'Compare the seats in use with the seats bought, and talk about the plan before the renewal does.',
  ],
};

export interface ByHand {
  /** 0..100, exact */
  score: number;
  /** as it is written: whole, unless that would lie in another band */
  shown: number;
  band: Band;
  /** every factor that shares the lowest value, in the order of `factors`; none when all are at 100 */
  weakest: Factor[];
  recommendations: { factor: Factor; texts: readonly string[] }[];
  onTarget: boolean;
}

/**
 * The four-factor score from four figures (0..100 each) given by hand, for /tools/health-score (chapter 03). Figures
 * outside are drawn to the nearest end. Needs no data and no connection.
 */
export function byHand(figures: Readonly<Record<Factor, number>>): ByHand {
  const given = factors.map((factor) => ({
    factor,
    weight: factorWeights[factor],
    figure: Math.min(100, Math.max(0, figures[factor])),
  }));
  const score = weightedMean(given, ({ figure }) => figure)!;
  const lowest = Math.min(...given.map(({ figure }) => figure));
  const weakest = lowest === 100 ? [] : given.filter(({ figure }) => figure === lowest).map(({ factor }) => factor);
  return {
    score,
    shown: shownScore(score, simple4.bands),
    band: bandOf(score, simple4.bands),
    weakest,
    recommendations: weakest.map((factor) => ({ factor, texts: factorRecommendations[factor] })),
    onTarget: score > target,
  };
}
