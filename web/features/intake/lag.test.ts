import { expect, it } from 'vitest';
import { spanText } from './lag.ts';

it.each([
  [240, '240 ms'],
  [3_240, '3.2 s'],
  [59_000, '59 s'],
  [300_000, '5 min'],
  [9_000_000, '2.5 h'],
  [86_400_000, '1 day'],
  [3 * 86_400_000, '3 days'],
])('%d ms is %s', (ms, text) => {
  expect(spanText(ms, 'en')).toBe(text);
});
