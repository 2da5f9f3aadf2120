import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundToSum, stepsFrom } from './parts.ts';

describe('parts written with one decimal', () => {
  it.each([
    ['already exact', [1.2, -0.4], 0.8, [1.2, -0.4]],
    ['thirds', [10 / 3, 10 / 3, 10 / 3], 10, [3.4, 3.3, 3.3]],
    ['negative thirds', [-10 / 3, -10 / 3, -10 / 3], -10, [-3.3, -3.3, -3.4]],
    ['nothing changed', [0, 0], 0, [0, 0]],
    ['none', [], 0, []],
  ])('%s', (_name, parts, total, expected) => expect(roundToSum(parts, total)).toEqual(expected));

  it('always adds up to the rounded total and is never off by more than a tenth', () => {
    const part = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const total = parts.reduce((sum, one) => sum + one, 0);
        const written = roundToSum(parts, total);
        const sum = written.reduce((all, one) => all + Math.round(one * 10), 0);
        expect(sum + 0).toBe(Math.round(total * 10) + 0);
        for (const [index, one] of written.entries())
          expect(Math.abs(one - parts[index]!)).toBeLessThanOrEqual(0.1 + 1e-6);
      }),
    );
  });
});

it('floats each bar from where the one before ended', () => {
  expect(stepsFrom(60, [5, -10])).toEqual([
    { low: 60, high: 65, rises: true },
    { low: 55, high: 65, rises: false },
  ]);
});
