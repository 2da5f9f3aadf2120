import { expect, it } from 'vitest';
import { hoursWords } from './hours.ts';

it.each([
  [1, '1 hour'],
  [48, '48 hours'],
  [72, '3 days'],
  [100, '100 hours'],
  [336, '14 days'],
])('%d hours are %s', (hours, words) => {
  expect(hoursWords(hours)).toBe(words);
});
