import type { Component, Curve, ScorecardSignal } from './scorecard.ts';

/** A point of a curve, as chapter 03 writes them: x → y. */
export type Pair = readonly [x: number, y: number];

/** A curve from its points, x ascending. */
export function curve(pairs: readonly Pair[]): Curve {
  return { points: pairs.map(([x, y]) => ({ x, y })) };
}

export function component(key: string, title: string, weight: number, signals: ScorecardSignal[]): Component {
  return { key, title, weight, signals };
}

/** A signal that counts, with its percent within the component. */
export function scored(signal: string, weight: number, over: Curve): ScorecardSignal {
  return { signal, weight, curve: over };
}

/** A signal shown beside the component that counts nothing. */
export function shownOnly(signal: string): ScorecardSignal {
  return { signal, weight: 0, curve: null };
}
