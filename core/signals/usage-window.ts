/** What a window of days holds of one account's usage. */
import type { Day } from '#core/calendar/day.ts';
import type { Window } from '#core/calendar/windows.ts';
import type { UsageDay, UsageFacts } from '#core/signals/facts.ts';

/** Sums over the days of a window. */
export interface Totals {
  events: number;
  featureEvents: number;
  logins: number;
  sessions: number;
  /** sum of the distinct users of single days: the number of (user, day) pairs */
  userDays: number;
  /** a day with activity is known from counts only: users over several days and sessions cannot be told */
  counted: boolean;
  /** such a day does not even say how many users it had */
  userless: boolean;
}

/** Whether anything happened on a day. A row of zero counts is a fact, but no activity. */
export function isActive(row: UsageDay): boolean {
  return row.source === 'events' || row.events > 0 || (row.users ?? 0) > 0;
}

/** Index of the first row on or after a day. */
export function rowFrom(days: readonly UsageDay[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]!.day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sums over the days of a window. */
export function totals(usage: UsageFacts, window: Window): Totals {
  const sum = { events: 0, featureEvents: 0, logins: 0, sessions: 0, userDays: 0, counted: false, userless: false };
  for (let i = rowFrom(usage.days, window.first); i < usage.days.length; i++) {
    const row = usage.days[i]!;
    if (row.day > window.last) break;
    sum.events += row.events;
    sum.featureEvents += row.featureEvents;
    sum.logins += row.logins;
    sum.sessions += row.sessions;
    sum.userDays += row.users ?? 0;
    if (row.source === 'counts' && isActive(row)) {
      sum.counted = true;
      if (row.users === null) sum.userless = true;
    }
  }
  return sum;
}

/** Which of the wanted features anybody used on any day of a window. */
export function featuresUsed(usage: UsageFacts, window: Window, wanted: ReadonlySet<number>): Set<number> {
  const used = new Set<number>();
  // From the newest day: where all are in use, a few days show it.
  for (let i = rowFrom(usage.days, window.last + 1) - 1; i >= 0 && used.size < wanted.size; i--) {
    const row = usage.days[i]!;
    if (row.day < window.first) break;
    for (const feature of row.features) if (wanted.has(feature)) used.add(feature);
  }
  return used;
}
