import type { Component, Curve, ScorecardSignal } from './scorecard.ts';

/** A curve through the points (x, y), given as all x, ascending, and all y; chapter 03 writes them x → y. */
export function curve(xs: readonly number[], ys: readonly number[]): Curve {
  return { points: xs.map((x, i) => ({ x, y: ys[i]! })) };
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
