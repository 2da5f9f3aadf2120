import { formatNumber } from '#web/lib/format.ts';

/** How long something took: "0.4 s", "12 s", "3 min 5 s". */
export function spanWords(ms: number, locale?: string): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${formatNumber(seconds, { digits: seconds < 10 ? 1 : 0, locale })} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
