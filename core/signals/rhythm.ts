/** usage.stickiness: chapter 02, "Rhythm and small numbers". */
import { type Day, monthOf } from '#core/calendar/day.ts';
import { completeDays, isWorkingDay, type Window } from '#core/calendar/windows.ts';
import type { AsOf, SignalSettings, UsageFacts } from '#core/signals/facts.ts';
import { rowFrom, totals } from '#core/signals/usage-window.ts';
import { distinctUsers, type MonthMasks, masksOf } from '#core/signals/user-months.ts';

/**
 * Mean users of one period of the workspace's rhythm ÷ users of all the periods looked at, 0..1; 0 if there are none.
 * Null where days of counts cannot tell users over several days, and where 30 days have no working day.
 */
export function stickiness(usage: UsageFacts, asOf: AsOf, settings: SignalSettings): number | null {
  const window = stickinessWindow(asOf.day, settings);
  if (totals(usage, window).counted) return null;
  if (settings.rhythm === 'weekly') return weekly(usage, window);
  const masks = settings.rhythm === 'daily' ? masksOf(window) : workingDayMasks(window, settings);
  const periods = countBits(masks);
  if (periods === 0) return null;
  const users = distinctUsers(usage, masks);
  return users === 0 ? 0 : userDaysOn(usage, window, masks) / periods / users;
}

/** The complete days that stickiness looks at. */
export function stickinessWindow(today: Day, settings: SignalSettings): Window {
  return completeDays(today, settings.rhythm === 'weekly' ? 28 : 30);
}

/** The distinct users that stickiness is a ratio over. */
export function stickinessUsers(usage: UsageFacts, asOf: AsOf, settings: SignalSettings): number {
  const window = stickinessWindow(asOf.day, settings);
  return distinctUsers(usage, settings.rhythm === 'working_days' ? workingDayMasks(window, settings) : masksOf(window));
}

function weekly(usage: UsageFacts, window: Window): number {
  const users = distinctUsers(usage, masksOf(window));
  if (users === 0) return 0;
  let sum = 0;
  for (let first = window.first; first <= window.last; first += 7) {
    sum += distinctUsers(usage, masksOf({ first, last: first + 6 }));
  }
  return sum / 4 / users;
}

function workingDayMasks(window: Window, { workingDays, holidays }: SignalSettings): MonthMasks {
  const masks = new Map<Day, number>();
  for (let day = window.first; day <= window.last; day++) {
    if (!isWorkingDay(day, workingDays, holidays)) continue;
    const month = monthOf(day);
    masks.set(month, (masks.get(month) ?? 0) | (1 << (day - month)));
  }
  return masks;
}

function userDaysOn(usage: UsageFacts, window: Window, masks: MonthMasks): number {
  let sum = 0;
  for (let i = rowFrom(usage.days, window.first); i < usage.days.length; i++) {
    const row = usage.days[i]!;
    if (row.day > window.last) break;
    const month = monthOf(row.day);
    if (((masks.get(month) ?? 0) & (1 << (row.day - month))) !== 0) sum += row.users ?? 0;
  }
  return sum;
}

function countBits(masks: MonthMasks): number {
  let bits = 0;
  for (const mask of masks.values()) for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
