import { sum } from './evaluate.ts';

export interface Loss<T> {
  of: T;
  /** points (0..100) that it keeps the weighted mean below 100 */
  points: number;
}

/**
 * Which part of a weighted mean pulls it down most: the one whose share × (100 − its value) is largest; of equal ones the
 * first. Parts without a value take no share, as in the score itself. Null where nothing is lost.
 *
 * @param read the value of a part, 0..100; null = missing
 */
export function largestLoss<T extends { weight: number }>(
  parts: readonly T[],
  read: (part: T) => number | null,
): Loss<T> | null {
  const known = parts.flatMap((part) => {
    const value = read(part);
    return value === null || part.weight <= 0 ? [] : [{ part, value }];
  });
  const whole = sum(known, ({ part }) => part.weight);
  let most: Loss<T> | null = null;
  for (const { part, value } of known) {
    const points = (part.weight / whole) * (100 - value);
    if (points > (most?.points ?? 0)) most = { of: part, points };
  }
  return most;
}
