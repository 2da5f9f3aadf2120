/** Usage that arrives as daily counts (chapter 02): no user ids, so no sessions and no users over several days. */
import { type Day, startOfDay } from '#core/calendar/day.ts';
import type { UsageDay } from '#core/signals/facts.ts';
import type { EventMapping } from '#core/usage/types.ts';

/** One imported row of one account and day. */
export interface DailyCount {
  /** null: the row speaks of the day as a whole */
  eventId: number | null;
  count: number | null;
  /** distinct users; null = not told */
  users: number | null;
}

/**
 * The usage of a day that only counts tell of. Its volume is the sum of the event rows, or the count of the row of the
 * whole day where there are none. Its users are those of the row of the whole day, else those of the only event row,
 * else unknown: users of several events may be the same people. Its time is the start of the day.
 */
export function countsDay(day: Day, counts: readonly DailyCount[], mapping: EventMapping, timeZone: string): UsageDay {
  const whole = counts.filter((row) => row.eventId === null);
  const ofEvents = counts.filter((row) => row.eventId !== null);
  const features = new Set<number>();
  let featureEvents = 0;
  let logins = 0;
  for (const row of ofEvents) {
    const meaning = mapping.get(row.eventId!);
    const count = row.count ?? 0;
    if (meaning === undefined || count <= 0) continue;
    if (meaning.features.length > 0) featureEvents += count;
    if (meaning.login) logins += count;
    for (const feature of meaning.features) features.add(feature);
  }
  const users = whole.find((row) => row.users !== null)?.users ?? null;
  return {
    day,
    source: 'counts',
    events: sum(ofEvents.length > 0 ? ofEvents : whole),
    featureEvents,
    logins,
    users: users ?? (ofEvents.length === 1 ? ofEvents[0]!.users : null),
    sessions: 0,
    sessionSeconds: 0,
    carriedSeconds: [],
    features: [...features].sort((a, b) => a - b),
    lastAt: startOfDay(day, timeZone),
  };
}

function sum(rows: readonly DailyCount[]): number {
  return rows.reduce((total, row) => total + (row.count ?? 0), 0);
}
