/** From days to instants, for the facts that carry a time. */

import type { Day } from '#core/calendar/day.ts';
import { dayOf, endOfDay, startOfDay } from '#core/calendar/day.ts';
import type { AsOf, SignalSettings } from '#core/signals/facts.ts';

/** Now. `day` is the workspace day of the instant. */
export function asOfInstant(at: number, timeZone: string): AsOf {
  return { at, day: dayOf(at, timeZone) };
}

/** The end of a past day: its last millisecond. */
export function asOfDay(day: Day, timeZone: string): AsOf {
  return { at: endOfDay(day, timeZone), day };
}

/** The first instant of "N d" (the days D−N+1 … D). */
export function startOfWindow(asOf: AsOf, count: number, settings: SignalSettings): number {
  return startOfDay(asOf.day - count + 1, settings.timeZone);
}

/** Days between the workspace dates of an earlier instant and of the moment. */
export function daysSince(instant: number, asOf: AsOf, settings: SignalSettings): number {
  return asOf.day - dayOf(instant, settings.timeZone);
}
