import { expect, test } from 'vitest';
import { fromIso, toIso } from '#core/calendar/day.ts';
import { before, completeDays, days, isWorkingDay } from '#core/calendar/windows.ts';

const today = fromIso('2025-03-10')!;
const shown = (window: { first: number; last: number }) => [toIso(window.first), toIso(window.last)];

test.each([
  ['1 d is today', days(today, 1), ['2025-03-10', '2025-03-10']],
  ['7 d ends today', days(today, 7), ['2025-03-04', '2025-03-10']],
  ['7 cd ends yesterday', completeDays(today, 7), ['2025-03-03', '2025-03-09']],
  ['the 7 before 7 cd', before(completeDays(today, 7)), ['2025-02-24', '2025-03-02']],
  ['the 30 before 30 d', before(days(today, 30)), ['2025-01-10', '2025-02-08']],
])('%s', (_name, window, expected) => {
  expect(shown(window)).toEqual(expected);
});

test.each([
  ['Monday', '2025-03-10', true],
  ['Sunday', '2025-03-09', false],
  ['a Friday that is a holiday', '2025-03-14', false],
])('working day: %s', (_name, iso, expected) => {
  expect(isWorkingDay(fromIso(iso)!, [0, 1, 2, 3, 4], new Set([fromIso('2025-03-14')!]))).toBe(expected);
});
