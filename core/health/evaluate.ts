import type { SignalValue, SignalValues } from '#core/condition/types.ts';
import { pointsOnCurve } from './curve.ts';
import type { Band, Component, Scorecard, ScorecardSignal } from './scorecard.ts';

/** One account's judgement by one scorecard. Exact; `shown` values are rounded. */
export interface Evaluation {
  /** 'insufficient': the coverage is below the scorecard's minimum, or nothing at all is scored */
  state: 'scored' | 'insufficient';
  /** 0..100, exact; null when insufficient */
  score: number | null;
  /** the score rounded half up; null when insufficient */
  shown: number | null;
  /** key of the band; null when insufficient */
  band: string | null;
  /** 0..1: how much of the scorecard's weight had its signals */
  coverage: number;
  components: readonly ComponentEvaluation[];
  /** scored signals that are missing, each once */
  missing: readonly string[];
}

export interface ComponentEvaluation {
  key: string;
  title: string;
  /** percent, as the scorecard says */
  weight: number;
  /** 0..100; null when all its signals are missing */
  score: number | null;
  /** 0..1: the present share of its signals' weight */
  coverage: number;
  signals: readonly SignalEvaluation[];
}

export interface SignalEvaluation {
  signal: string;
  /** percent within the component; 0 = shown, not scored */
  weight: number;
  value: SignalValue;
  /** 0..100 on its curve; null when missing or not scored */
  points: number | null;
}

/** Closer than this to a limit is at the limit (chapter 03). */
const tolerance = 1e-9;

/** Judges signal values by a scorecard (chapter 03). The same inputs always give the same evaluation. */
export function evaluateScorecard(scorecard: Scorecard, values: SignalValues): Evaluation {
  const components = scorecard.components.map((component) => evaluateComponent(component, values));
  const whole = sum(components, (component) => component.weight);
  const coverage = whole === 0 ? 0 : sum(components, (one) => one.weight * one.coverage) / whole;
  const score = weightedMean(components, (component) => component.score);
  const missing = missingSignals(components);
  if (score === null || !isCovered(coverage, scorecard)) {
    return { state: 'insufficient', score: null, shown: null, band: null, coverage, components, missing };
  }
  const band = bandOf(score, scorecard.bands).key;
  return { state: 'scored', score, shown: roundHalfUp(score), band, coverage, components, missing };
}

/** Whether so much coverage (0..1) is enough for a score; at the limit it is. */
export function isCovered(coverage: number, { minCoverage }: Pick<Scorecard, 'minCoverage'>): boolean {
  return coverage >= minCoverage - tolerance;
}

function evaluateComponent({ key, title, weight, signals }: Component, values: SignalValues): ComponentEvaluation {
  const evaluated = signals.map((one) => evaluateSignal(one, values[one.signal] ?? null));
  const whole = sum(evaluated, (one) => one.weight);
  const present = sum(evaluated, (one) => (one.points === null ? 0 : one.weight));
  const score = weightedMean(evaluated, (one) => one.points);
  return { key, title, weight, score, coverage: whole === 0 ? 0 : present / whole, signals: evaluated };
}

function evaluateSignal({ signal, weight, curve }: ScorecardSignal, value: SignalValue): SignalEvaluation {
  return { signal, weight, value, points: curve === null || weight === 0 ? null : pointsOnCurve(curve, value) };
}

function missingSignals(components: readonly ComponentEvaluation[]): string[] {
  const scored = components.flatMap(({ signals }) => signals.filter(({ weight }) => weight > 0));
  return [...new Set(scored.filter(({ points }) => points === null).map(({ signal }) => signal))];
}

/** The band that a score (0..100) lies in; a score within 1e-9 of a limit is at it. Bands are highest first. */
export function bandOf(score: number, bands: readonly Band[]): Band {
  return bands.find(({ lower }) => score >= lower - tolerance) ?? bands.at(-1)!;
}

/** A score as it is shown: rounded half up to a whole number, where a half short by less than 1e-9 is a half. */
export function roundHalfUp(score: number): number {
  return Math.floor(score + 0.5 + tolerance);
}

/** Weighted mean over those with a value; null when none has one with a weight above 0. */
export function weightedMean<T extends { weight: number }>(
  parts: readonly T[],
  read: (part: T) => number | null,
): number | null {
  let weight = 0;
  let total = 0;
  for (const part of parts) {
    const value = read(part);
    if (value === null) continue;
    weight += part.weight;
    total += part.weight * value;
  }
  return weight === 0 ? null : total / weight;
}

export function sum<T>(parts: readonly T[], read: (part: T) => number): number {
  let total = 0;
  for (const part of parts) total += read(part);
  return total;
}
