/** How much people work on a day. */
import { type Day, dateOf, weekday } from '#core/calendar/day.ts';

/** Chance of activity against a Tuesday, Monday first. */
export const weekdayWeights = [0.97, 1, 1, 0.97, 0.86, 0.05, 0.04] as const;

/** Days of the demo's workspace that are no working days, for the years that touch a range of days. */
export function holidaysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day++) if (isHoliday(day)) days.push(day);
  return days;
}

/** Days on which nearly everybody is off. */
export function isHoliday(day: Day): boolean {
  const { month, day: date } = dateOf(day);
  return (month === 12 && (date === 24 || date === 25 || date === 26 || date === 31)) || (month === 1 && date === 1);
}

/** 0..1: how much of the usual work is done: holidays, the turn of the year, national days, August. */
export function season(day: Day, country: string): number {
  if (isHoliday(day)) return 0.03;
  const { month, day: date } = dateOf(day);
  if (month === 12 && date > 26) return 0.35;
  if (month === 12 && date > 21) return 0.6;
  if (month === 1 && date < 4) return 0.5;
  if (isNationalDay(country, month, date, weekday(day))) return 0.1;
  return month === 8 ? 0.88 : 1;
}

const nationalDays: Readonly<Record<string, readonly string[]>> = {
  US: ['7-4', '11-11'],
  CA: ['7-1'],
  DE: ['5-1', '10-3'],
  FR: ['5-1', '5-8', '7-14', '11-11'],
  IT: ['4-25', '5-1', '6-2'],
  ES: ['5-1', '10-12'],
  SE: ['6-6'],
  PL: ['5-1', '5-3', '11-11'],
  BR: ['9-7', '11-15'],
  MX: ['9-16'],
  IN: ['1-26', '8-15', '10-2'],
};

function isNationalDay(country: string, month: number, date: number, dayOfWeek: number): boolean {
  const isThanksgiving = country === 'US' && month === 11 && dayOfWeek === 3 && date >= 22 && date <= 28;
  return isThanksgiving || (nationalDays[country]?.includes(`${month}-${date}`) ?? false);
}
