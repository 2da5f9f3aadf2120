/** Geometry of a change that is drawn as floating bars. */

export interface Step {
  /** where the bar begins and ends, on the scale of the score */
  low: number;
  high: number;
  rises: boolean;
}

/** The floating bars of a waterfall from a start through its parts. */
export function stepsFrom(start: number, parts: readonly number[]): Step[] {
  let at = start;
  return parts.map((part) => {
    const before = at;
    at += part;
    return { low: Math.min(before, at), high: Math.max(before, at), rises: part >= 0 };
  });
}
