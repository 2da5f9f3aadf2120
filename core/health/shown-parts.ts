/** A part of a sum: its exact size, and the one-decimal figure to show. Shown parts add up to the shown sum. */
export interface Part {
  exact: number;
  shown: number;
}

/**
 * Parts with figures of one decimal that add up to the sum's own figure. Each figure is one of the two nearest to its
 * exact size, so none is off by 0.1 or more and a part of nothing shows nothing; the largest remainders are rounded up.
 *
 * @param sumShown the figure that the parts must add up to; by default their sum rounded half up
 */
export function showParts(exact: readonly number[], sumShown?: number): Part[] {
  const tenths = exact.map((one) => Math.floor(one * 10 + noise));
  const remainders = exact.map((one, i) => one * 10 - tenths[i]!);
  const wanted = sumShown ?? roundToTenth(exact.reduce((total, one) => total + one, 0));
  const up = Math.round(wanted * 10) - tenths.reduce((total, one) => total + one, 0);
  const largestFirst = remainders.map((_, i) => i).sort((a, b) => remainders[b]! - remainders[a]! || a - b);
  for (const i of largestFirst.slice(0, Math.max(0, up))) tenths[i]! += 1;
  return exact.map((one, i) => ({ exact: one, shown: tenths[i]! / 10 || 0 }));
}

/** Rounded half up to one decimal. */
export function roundToTenth(exact: number): number {
  return Math.floor(exact * 10 + 0.5 + noise) / 10 || 0;
}

/**
 * A change as it is written beside its two ends: the difference of their own figures of one decimal, so that nobody who
 * subtracts finds another. At most a tenth from the exact change; parts are written with `showParts(parts, change)`.
 */
export function shownChange(from: number, to: number): number {
  return Math.round((roundToTenth(to) - roundToTenth(from)) * 10) / 10 || 0;
}

/** What floating point may lack of a whole number of tenths. */
const noise = 1e-8;
