/**
 * Days of a time zone as whole numbers, so that windows are subtractions and rows are small.
 * Chapter 01: "Times are stored as instants. Days are counted in the workspace's time zone."
 */
import { instantOfLocal, offsetAt } from '#core/calendar/zone.ts';

/** Whole days since 1970-01-01 in the calendar of a time zone that the context names. */
export type Day = number;

const DAY_MS = 86_400_000;

/** The local date of an instant (epoch ms) in a zone. Exact over clock changes. Throws RangeError for an unknown zone. */
export function dayOf(instant: number, timeZone: string): Day {
  return Math.floor((instant + offsetAt(instant, timeZone)) / DAY_MS);
}

/**
 * The first instant of a day, epoch ms: local midnight, or what follows it where clocks skip midnight.
 * A date that a zone left out (Samoa, 30 December 2011) starts and ends at the same instant.
 */
export function startOfDay(day: Day, timeZone: string): number {
  return instantOfLocal(day * DAY_MS, timeZone);
}

/** The last millisecond of a day: the instant at which a past day is asked about. */
export function endOfDay(day: Day, timeZone: string): number {
  return startOfDay(day + 1, timeZone) - 1;
}

/** 'YYYY-MM-DD'; years outside 0000–9999 take the expanded form of ISO 8601. */
export function toIso(day: Day): string {
  return new Date(day * DAY_MS).toISOString().split('T')[0]!;
}

/** The day of 'YYYY-MM-DD', or null if the text is not a date of the calendar (2025-02-30). */
export function fromIso(text: string): Day | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return null;
  const day = dayFromDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return toIso(day) === text ? day : null;
}

/** The day of a date of the proleptic Gregorian calendar; months 1–12. Days past the month's end run into the next month. */
export function dayFromDate(year: number, month: number, dayOfTheMonth: number): Day {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfTheMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year, month (1–12) and day of the month (1–31) of a day. */
export function dateOf(day: Day): { year: number; month: number; day: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** 1–31. */
export function dayOfMonth(day: Day): number {
  return dateOf(day).day;
}

/** The first day of the month that holds the day. */
export function monthOf(day: Day): Day {
  return day - dayOfMonth(day) + 1;
}

/** 28–31. */
export function daysInMonth(day: Day): number {
  const first = monthOf(day);
  return monthOf(first + 31) - first;
}

/** The same day of the month n months later (or earlier, n < 0), at most the last of that month: 31 January + 1 = 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
  const date = dateOf(day);
  const index = date.year * 12 + date.month - 1 + months;
  const first = dayFromDate(Math.floor(index / 12), index - Math.floor(index / 12) * 12 + 1, 1);
  return first + Math.min(date.day, daysInMonth(first)) - 1;
}

/** 0 = Monday … 6 = Sunday. */
export function weekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}
