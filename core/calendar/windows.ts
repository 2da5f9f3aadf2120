/** The two kinds of window of chapter 02, "Windows and what counts". Both ends are inside. */
import { type Day, weekday } from '#core/calendar/day.ts';

export interface Window {
  first: Day;
  last: Day;
}

/** "N d": the days D−N+1 … D, the last of them up to `t`. */
export function days(today: Day, count: number): Window {
  return { first: today - count + 1, last: today };
}

/** "N cd", complete days: D−N … D−1. */
export function completeDays(today: Day, count: number): Window {
  return { first: today - count, last: today - 1 };
}

/** "The N before": as many whole days, directly before the window. */
export function before(window: Window): Window {
  const count = window.last - window.first + 1;
  return { first: window.first - count, last: window.first - 1 };
}

/** Whether a workspace works on the day: a working weekday (0 = Monday) that is no holiday. */
export function isWorkingDay(day: Day, workingDays: readonly number[], holidays: ReadonlySet<Day>): boolean {
  return workingDays.includes(weekday(day)) && !holidays.has(day);
}
