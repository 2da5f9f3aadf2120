/** The compact usage facts of one account from all of its raw events, and their union with imported daily counts. */
import type { UsageDay, UsageFacts } from '#core/signals/facts.ts';
import { applyEvents } from '#core/usage/apply.ts';
import { emptyState } from '#core/usage/load.ts';
import type { EventMapping, UsageChange, UsageEvent } from '#core/usage/types.ts';

/** Every usage row of an account, from all its events in any order. */
export function rollup(events: readonly UsageEvent[], mapping: EventMapping, timeZone: string): UsageChange {
  return applyEvents({ ...emptyState(), complete: true }, events, mapping, timeZone);
}

/** Whether any event is mapped as login; if none is, a session start counts as login (chapter 02). */
export function mapsLogin(mapping: EventMapping): boolean {
  for (const meaning of mapping.values()) if (meaning.login) return true;
  return false;
}

/** Days of events and days of counts as one ascending list; a day that has both is given from its events (chapter 02). */
export function joinDays(fromEvents: readonly UsageDay[], fromCounts: readonly UsageDay[]): UsageDay[] {
  const withEvents = new Set(fromEvents.map((row) => row.day));
  const rows = [...fromEvents, ...fromCounts.filter((row) => !withEvents.has(row.day))];
  return rows.sort((a, b) => a.day - b.day);
}

/** What signals read, from a rollup and the account's days of counts; null when there is neither. */
export function usageFacts(
  change: UsageChange,
  countDays: readonly UsageDay[],
  mapping: EventMapping,
): UsageFacts | null {
  const days = joinDays(change.days, countDays);
  if (days.length === 0) return null;
  return {
    firstEventAt: change.firstEventAt,
    firstDay: days[0]!.day,
    loginMapped: mapsLogin(mapping),
    days,
    users: change.users,
  };
}
