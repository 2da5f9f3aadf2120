/**
 * Moves labels apart so that no two are closer than `gap`, each as near to where it wants to be as the order allows.
 * Positions are in px from the top; the answer keeps the order of the input.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed: number[] = [];
  let free = low;
  for (const { at, index } of order) {
    placed[index] = Math.max(at, free);
    free = placed[index]! + gap;
  }
  // What was pushed beyond the lower edge goes back up, pushing those above it.
  let limit = high;
  for (const { index } of [...order].reverse()) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index]! - gap;
  }
  return placed;
}

/** The next round number at or above: 1, 2, 2.5 or 5 times a power of ten. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}
