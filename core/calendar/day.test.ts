import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  dateOf,
  dayFromDate,
  dayOf,
  dayOfMonth,
  daysInMonth,
  endOfDay,
  fromIso,
  monthOf,
  startOfDay,
  toIso,
  weekday,
} from '#core/calendar/day.ts';

const ZONES = [
  'UTC',
  '+05:30',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Havana',
  'America/St_Johns',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
];
const EPOCH = Temporal.PlainDate.from('1970-01-01');
const instant = fc.integer({ min: Date.UTC(1850, 0, 1), max: Date.UTC(2150, 0, 1) });
const day = fc.integer({ min: -40_000, max: 66_000 });
const zone = fc.constantFrom(...ZONES);

const temporalDate = (value: number) => EPOCH.add({ days: value });
const temporalDay = (at: number, timeZone: string) =>
  EPOCH.until(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()).days;

test('dayOf is the local date of Temporal, at random instants of three centuries', () => {
  fc.assert(
    fc.property(instant, zone, (at, timeZone) => dayOf(at, timeZone) === temporalDay(at, timeZone)),
    {
      numRuns: 3000,
    },
  );
});

test.each(ZONES)('around every clock change of %s, dayOf agrees with Temporal to the millisecond', (timeZone) => {
  let change = Temporal.Instant.from('1965-01-01T00:00Z').toZonedDateTimeISO(timeZone).getTimeZoneTransition('next');
  for (; change !== null && change.year < 2060; change = change.getTimeZoneTransition('next')) {
    for (const hours of [-24, -1, 0, 1, 24]) {
      for (const ms of [-1, 0, 1]) {
        const at = change.epochMilliseconds + hours * 3_600_000 + ms;
        expect(dayOf(at, timeZone)).toBe(temporalDay(at, timeZone));
      }
    }
  }
});

test.each(ZONES)('startOfDay agrees with Temporal on every day of 2005–2030 in %s', (timeZone) => {
  for (let value = fromIso('2005-01-01')!; value < fromIso('2031-01-01')!; value++) {
    expect(startOfDay(value, timeZone)).toBe(temporalDate(value).toZonedDateTime(timeZone).epochMilliseconds);
  }
});

test('startOfDay agrees with Temporal on random days of three centuries', () => {
  fc.assert(
    fc.property(day, zone, (value, timeZone) => {
      expect(startOfDay(value, timeZone)).toBe(temporalDate(value).toZonedDateTime(timeZone).epochMilliseconds);
    }),
    { numRuns: 1000 },
  );
});

test.each(ZONES)('startOfDay agrees with Temporal past the table of changes, 2100–2115 in %s', (timeZone) => {
  for (let value = fromIso('2100-12-01')!; value < fromIso('2116-01-01')!; value++) {
    expect(startOfDay(value, timeZone)).toBe(temporalDate(value).toZonedDateTime(timeZone).epochMilliseconds);
  }
});

test.each([
  ['skipped midnight', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['midnight twice: the first', '2024-11-03', 'America/Havana', '2024-11-03T04:00:00Z'],
  ['a date that was left out', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['skipped midnight after the table of changes ends', '2109-03-31', 'Asia/Beirut', '2109-03-30T22:00:00Z'],
  ['half an hour of summer time', '2025-10-06', 'Australia/Lord_Howe', '2025-10-05T13:00:00Z'],
])('%s', (_name, iso, timeZone, expected) => {
  expect(new Date(startOfDay(fromIso(iso)!, timeZone)).toISOString()).toBe(expected.replace('Z', '.000Z'));
});

test('the end of a day is the millisecond before the next', () => {
  const value = fromIso('2025-03-09')!;
  expect(new Date(endOfDay(value, 'America/New_York')).toISOString()).toBe('2025-03-10T03:59:59.999Z');
});

describe('calendar arithmetic agrees with Temporal', () => {
  test('dates, months and weekdays', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (value, months) => {
        const date = temporalDate(value);
        expect(toIso(value)).toBe(date.toString());
        expect(fromIso(date.toString())).toBe(value);
        expect(dateOf(value)).toEqual({ year: date.year, month: date.month, day: date.day });
        expect(dayFromDate(date.year, date.month, date.day)).toBe(value);
        expect(dayOfMonth(value)).toBe(date.day);
        expect(daysInMonth(value)).toBe(date.daysInMonth);
        expect(toIso(monthOf(value))).toBe(date.with({ day: 1 }).toString());
        expect(toIso(addMonths(value, months))).toBe(date.add({ months }).toString());
        expect(weekday(value)).toBe(date.dayOfWeek - 1);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each(['2025-02-30', '2025-13-01', '2025-1-1', '', 'today', '2025-01-01T00:00'])('%j is no date', (text) => {
  expect(fromIso(text)).toBeNull();
});

test('an unknown zone is an error', () => {
  expect(() => dayOf(0, 'Mars/Olympus')).toThrow(RangeError);
});
