import fc from 'fast-check';
import { expect, it } from 'vitest';
import { niceCeiling, spread } from './spread.ts';

it.each([
  ['already apart', [10, 50, 90], [10, 50, 90]],
  ['too close', [10, 12, 90], [10, 22, 90]],
  ['at the lower edge they go up', [95, 98], [88, 100]],
  ['keeps the order of the input', [90, 10, 12], [90, 10, 22]],
  ['none', [], []],
])('%s', (_name, wanted, placed) => expect(spread(wanted, 12, 0, 100)).toEqual(placed));

it('never lets two labels touch while there is room for all', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 8 }), (wanted) => {
      const placed = spread(wanted, 12, 0, 100).sort((a, b) => a - b);
      for (let index = 1; index < placed.length; index++) {
        expect(placed[index]! - placed[index - 1]!).toBeGreaterThanOrEqual(12 - 1e-9);
      }
    }),
  );
});

it.each([
  [8.4, 10],
  [0, 1],
  [12_300_000, 15_000_000],
  [3, 3],
  [2.6, 3],
])('rounds %d up to %d', (value, nice) => expect(niceCeiling(value)).toBeCloseTo(nice, 9));
