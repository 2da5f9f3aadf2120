import { expect, it } from 'vitest';
import { spanWords } from './span.ts';

it.each([
  [400, '0.4 s'],
  [12_300, '12 s'],
  [185_000, '3 min 5 s'],
  [-5, '0 s'],
])('%d ms are %s', (ms, words) => {
  expect(spanWords(ms, 'en')).toBe(words);
});
