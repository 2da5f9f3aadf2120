import type { Condition } from '#core/condition/types.ts';

/**
 * A scorecard as data (chapter 03): what a health score is made of. A saved version is never changed.
 * Weights are percents: components' weights sum to 100, and so do the signals' weights inside each component.
 */
export interface Scorecard {
  key: string;
  title: string;
  /** coverage (0..1) from which on there is a score; at the limit there is one */
  minCoverage: number;
  /** accounts that it is for; null = all */
  appliesTo: Condition | null;
  components: readonly Component[];
  /** highest first, together covering 0..100 without gap or overlap */
  bands: readonly Band[];
}

export interface Component {
  key: string;
  title: string;
  weight: number;
  signals: readonly ScorecardSignal[];
}

export interface ScorecardSignal {
  /** key of the signal */
  signal: string;
  /** percent within the component; 0 = shown beside it, not scored */
  weight: number;
  /** null only where the weight is 0 */
  curve: Curve | null;
}

export interface CurvePoint {
  x: number;
  y: number;
}

/** Maps a signal to 0..100 points: linear between its points and flat outside; for booleans two values. */
export type Curve = { points: readonly CurvePoint[] } | { whenTrue: number; whenFalse: number };

/** What a band means for its reader; the design system gives each its colour and shape. */
export const bandTones = ['good', 'fair', 'warning', 'critical'] as const;
export type BandTone = (typeof bandTones)[number];

export interface Band {
  key: string;
  name: string;
  tone: BandTone;
  /** inside */
  lower: number;
  /** outside, but 100 is inside the highest band */
  upper: number;
  /** what to do with an account in it */
  action: string;
}
