import { expect, it } from 'vitest';
import { daysBefore, onEveryDay } from './days.ts';

it.each([
  ['2026-03-01', 1, '2026-02-28'],
  ['2024-03-01', 1, '2024-02-29'],
  ['2026-12-31', -1, '2027-01-01'],
  ['2026-03-30', 30, '2026-02-28'],
])('%s less %d days is %s', (day, days, before) => expect(daysBefore(day, days)).toBe(before));

it('leaves gaps where a day has no value', () => {
  const points = [
    { day: '2026-01-01', value: 5 },
    { day: '2026-01-03', value: 0 },
  ];
  expect(onEveryDay(points, '2026-01-01', '2026-01-04')).toEqual({
    days: ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'],
    values: [5, null, 0, null],
  });
});
