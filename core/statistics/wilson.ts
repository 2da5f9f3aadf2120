/** A share with its uncertainty. `low` and `high` are the ends of its 95 % Wilson interval, 0..1. */
export interface Share {
  count: number;
  of: number;
  /** null when `of` is 0: nothing is known */
  share: number | null;
  low: number | null;
  high: number | null;
}

const z95 = 1.959963984540054;

/** The share `count` of `of` with its 95 % Wilson score interval (E. B. Wilson, 1927), good for small numbers too. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const share = count / of;
  const zz = z95 * z95;
  const centre = (share + zz / (2 * of)) / (1 + zz / of);
  const margin = (z95 / (1 + zz / of)) * Math.sqrt((share * (1 - share)) / of + zz / (4 * of * of));
  return { count, of, share, low: Math.max(0, centre - margin), high: Math.min(1, centre + margin) };
}
