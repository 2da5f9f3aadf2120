import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, median, slope } from '#core/statistics/statistics.ts';

test.each([
  ['mean of nothing', mean([]), null],
  ['mean', mean([1, 2, 6]), 3],
  ['median of nothing', median([]), null],
  ['median of an odd number', median([9, 1, 5]), 5],
  ['median of an even number', median([10, 2, 4, 1]), 3],
  ['slope of one point', slope([4]), null],
  ['slope of a line', slope([3, 5, 7, 9]), 2],
  // Anscombe's first quartet sorted by x: y = 3 + 0.5 x over x = 4 … 14
  [
    'slope of Anscombe’s quartet',
    slope([4.26, 5.68, 7.24, 4.82, 6.95, 8.81, 8.04, 8.33, 10.84, 7.58, 9.96])?.toFixed(3),
    '0.500',
  ],
])('%s', (_name, actual, expected) => {
  expect(actual).toBe(expected);
});

test('the median has at most half of the values on either side', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const middle = median(values)!;
      expect(values.filter((value) => value < middle).length * 2).toBeLessThanOrEqual(values.length);
      expect(values.filter((value) => value > middle).length * 2).toBeLessThanOrEqual(values.length);
    }),
  );
});
