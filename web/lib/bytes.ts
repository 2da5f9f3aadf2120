import { formatNumber } from '#web/lib/format.ts';

/** A size in bytes as people say it: 512 B, 12.4 KB, 1.2 GB. */
export function bytesText(bytes: number, locale?: string): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** step, { digits: step === 0 ? 0 : 1, locale })} ${units[step]}`;
}
