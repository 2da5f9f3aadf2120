import { countOf } from '#web/lib/format.ts';

/** A span of hours as people say it: "36 hours", "7 days". */
export function hoursWords(hours: number): string {
  return hours % 24 === 0 && hours >= 72 ? countOf(hours / 24, 'day') : countOf(hours, 'hour');
}
