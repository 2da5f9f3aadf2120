export interface Progress {
  done: number;
  /** null when not known */
  total: number | null;
  /** instant; null when it has not begun */
  startedAt: string | null;
  /** epoch ms */
  now: number;
}

/** Earlier than this a rate says little: work begins slowly, beside what made it necessary. */
const tellingMs = 2000;
const tellingShare = 0.03;

/** Seconds that work still needs at the rate so far; null when that cannot be told yet. */
export function secondsLeft({ done, total, startedAt, now }: Progress): number | null {
  if (total === null || startedAt === null || done <= 0 || done < total * tellingShare) return null;
  const elapsedMs = now - Date.parse(startedAt);
  if (elapsedMs < tellingMs) return null;
  return Math.max(0, ((total - done) * elapsedMs) / done / 1000);
}
