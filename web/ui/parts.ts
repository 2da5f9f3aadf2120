/** Parts of a whole, written with one decimal so that what is written adds up (spec chapter 03: the parts add up to the exact change). */

/**
 * Rounds parts to tenths so that they sum to the rounded total: each is cut down, and the tenths that are then missing go to
 * those that lost most. No part is off by more than 0.1.
 */
export function roundToSum(parts: readonly number[], total: number): number[] {
  const wanted = Math.round(total * 10);
  const down = parts.map((part) => Math.floor(part * 10 + 1e-9));
  let missing = wanted - down.reduce((sum, part) => sum + part, 0);
  const byLoss = parts
    .map((part, index) => ({ index, loss: part * 10 - down[index]! }))
    .sort((a, b) => b.loss - a.loss || a.index - b.index);
  for (const { index } of byLoss) {
    if (missing <= 0) break;
    down[index]! += 1;
    missing -= 1;
  }
  return down.map((tenths) => tenths / 10 + 0);
}

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
