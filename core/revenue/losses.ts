/** When an account churned or shrank, read off its ARR day by day (chapters 04 and 09). */
import type { Day } from '#core/calendar/day.ts';

export interface Loss {
  day: Day;
  kind: 'churned' | 'shrank';
  /** minor units */
  arrLostMinor: number;
}

/** A gap this short between two contract lines is a late renewal, not a churn. */
const confirmDays = 7;
/** A smaller fall is a rounding of prices or currencies. */
const leastFall = 0.05;

/**
 * Losses in order of days. A fall counts on its first day once it has lasted 7 days: to nothing is a churn, by 5 % or more
 * a shrinking. Falls of the last 7 days are not known yet, and those that turn into the unknown within 7 days never are.
 * @param arr ascending by day without gaps; null = unknown, which ends a run
 */
export function lossesOf(arr: readonly { day: Day; arrMinor: number | null }[]): Loss[] {
  const losses: Loss[] = [];
  let level: number | null = null;
  for (const [i, { day, arrMinor }] of arr.entries()) {
    if (arrMinor === null || level === null || arrMinor >= level) {
      level = arrMinor;
      continue;
    }
    const held = highestWithin(arr, i);
    if (held === null) continue;
    if (held > level * (1 - leastFall)) continue;
    losses.push({ day, kind: held === 0 ? 'churned' : 'shrank', arrLostMinor: level - held });
    level = held;
  }
  return losses;
}

/** The highest ARR of the 7 days from i on; null when they are not over, or it is unknown on one of them. */
function highestWithin(arr: readonly { arrMinor: number | null }[], i: number): number | null {
  if (i + confirmDays > arr.length) return null;
  let highest = 0;
  for (let k = i; k < i + confirmDays; k++) {
    const { arrMinor } = arr[k]!;
    if (arrMinor === null) return null;
    highest = Math.max(highest, arrMinor);
  }
  return highest;
}
