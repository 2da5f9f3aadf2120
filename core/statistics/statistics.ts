/** The few statistics that signals are made of. Of nothing there is no mean and no median: null. */

/** Arithmetic mean; null of an empty list. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The middle value, the mean of the two middle ones for an even number; null of an empty list. Order does not matter. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Least-squares slope of values at the positions 0, 1, 2 …, per position; null of fewer than two. */
export function slope(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = (values.length - 1) / 2;
  let numerator = 0;
  let denominator = 0;
  for (let x = 0; x < values.length; x++) {
    numerator += (x - centre) * values[x]!;
    denominator += (x - centre) ** 2;
  }
  return numerator / denominator;
}
