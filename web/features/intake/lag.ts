import { formatNumber } from '#web/lib/format.ts';

/** A span of milliseconds as people say it: 240 ms, 3.2 s, 5 min, 2 h, 3 days. */
export function spanText(ms: number, locale?: string): string {
  const say = (value: number, digits: number, unit: string) => `${formatNumber(value, { digits, locale })} ${unit}`;
  if (ms < 1000) return say(ms, 0, 'ms');
  if (ms < 60_000) return say(ms / 1000, 1, 's');
  if (ms < 3_600_000) return say(ms / 60_000, 0, 'min');
  if (ms < 86_400_000) return say(ms / 3_600_000, 1, 'h');
  const days = Math.round(ms / 86_400_000);
  return say(days, 0, days === 1 ? 'day' : 'days');
}
