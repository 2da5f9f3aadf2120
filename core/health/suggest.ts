import { type DefaultComponent, defaultComponents } from './default-curves.ts';
import type { Scorecard } from './scorecard.ts';
import { renewal6 } from './shipped/renewal-6.ts';

export interface SuggestedSignal {
  signal: string;
  /** share (0..1) of accounts for which it is present */
  presence: number;
  /** why it is in or not: too few accounts have it, or the component has enough without it */
  choice: 'used' | 'too_few_accounts' | 'enough_without';
}

export interface Suggestion {
  scorecard: Scorecard;
  /** every signal that was considered */
  signals: SuggestedSignal[];
}

/** A signal that fewer accounts have would leave many with insufficient data. */
const leastPresence = 0.5;
/** More in one component blur what it says. */
const mostSignals = 3;

/**
 * A scorecard made of what is connected: for each signal key, the share (0..1) of accounts for which it is present.
 * Components and weights follow the default scorecard; weights are whole percents that sum to 100. Null when no
 * signal is present widely enough.
 */
export function suggestScorecard(presence: Readonly<Record<string, number>>): Suggestion | null {
  const chosen = defaultComponents.map((component) => choose(component, presence));
  const used = chosen.filter(({ signals }) => signals.length > 0);
  if (used.length === 0) return null;
  const weights = wholePercents(used.map(({ weight }) => weight));
  const components = used.map(({ key, title, signals }, i) => {
    const inside = wholePercents(signals.map(({ weight }) => weight));
    const weighted = signals.map(({ signal, curve }, j) => ({ signal, weight: inside[j]!, curve }));
    return { key, title, weight: weights[i]!, signals: weighted };
  });
  const { minCoverage, bands } = renewal6;
  const scorecard = { key: 'suggested', title: 'Made for your data', minCoverage, appliesTo: null, components, bands };
  return { scorecard, signals: chosen.flatMap(({ considered }) => considered) };
}

function choose(component: DefaultComponent, presence: Readonly<Record<string, number>>) {
  const present = component.signals.filter(({ signal }) => (presence[signal] ?? 0) >= leastPresence);
  const signals = present.slice(0, mostSignals);
  const considered = component.signals.map((one): SuggestedSignal => {
    const choice = signals.includes(one) ? 'used' : present.includes(one) ? 'enough_without' : 'too_few_accounts';
    return { signal: one.signal, presence: presence[one.signal] ?? 0, choice };
  });
  return { ...component, signals, considered };
}

/** Whole percents in proportion to the weights that sum to exactly 100; the largest remainders are rounded up. */
export function wholePercents(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (weight / total) * 100);
  const whole = exact.map(Math.floor);
  const lacking = 100 - whole.reduce((sum, percent) => sum + percent, 0);
  const remainder = (i: number) => exact[i]! - whole[i]!;
  const largestFirst = weights.map((_, i) => i).sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const i of largestFirst.slice(0, lacking)) whole[i]! += 1;
  return whole;
}
