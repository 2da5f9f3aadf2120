import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundToTenth, shownChange, showParts } from './shown-parts.ts';
import { shownScore } from './shown-score.ts';

const bands = [{ lower: 70 }, { lower: 40 }, { lower: 0 }];

describe('a score as it is written', () => {
  test.each<[string, number, number]>([
    ['rounded half up', 72.5, 73],
    ['whole', 40, 40],
    ['just above a limit', 70.4, 70],
    ['below a limit, rounding down', 69.4, 69],
    ['below a limit, where rounding would cross it', 69.6, 69.6],
    ['so close that a tenth would cross it too', 69.99, 69.9],
    ['within 1e-9 of the limit is at it', 70 - 1e-10, 70],
    ['the ends', 0, 0],
    ['the other end', 100, 100],
    ['99.7 crosses no limit', 99.7, 100],
  ])('%s', (_name, score, shown) => expect(shownScore(score, bands)).toBe(shown));

  test('a limit that is not whole is kept from above, too', () => {
    expect(shownScore(69.35, [{ lower: 69.3 }, { lower: 0 }])).toBe(69.4);
    expect(shownScore(69.3, [{ lower: 69.3 }, { lower: 0 }])).toBe(69.3);
  });

  test('without bands it is rounded', () => expect(shownScore(69.6, [])).toBe(70));

  test('what is written lies in the band of the score, at most one off', () => {
    const limits = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 });
    fc.assert(
      fc.property(limits, fc.double({ min: 0, max: 100, noNaN: true }), (lowers, score) => {
        const all = [0, ...lowers].map((lower) => ({ lower }));
        const bandOf = (value: number) => Math.max(...all.map(({ lower }) => (value >= lower - 1e-9 ? lower : 0)));
        const shown = shownScore(score, all);
        expect(bandOf(shown)).toBe(bandOf(score));
        expect(Math.abs(shown - score)).toBeLessThanOrEqual(0.5 + 1e-9);
        expect(shown * 10).toBe(Math.round(shown * 10));
      }),
    );
  });
});

describe('a change as it is written', () => {
  test('68.64 to 70.38 is 1.74, and written 1.8 beside 68.6 and 70.4', () => {
    expect(shownChange(68.64, 70.38)).toBe(1.8);
    expect(shownChange(50, 50)).toBe(0);
    expect(shownChange(50.04, 49.96)).toBe(0);
  });

  test('is what its ends give, and parts of it add up to it, each one of its two nearest figures', () => {
    const score = fc.double({ min: 0, max: 100, noNaN: true });
    const cuts = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(score, score, cuts, (from, to, some) => {
        const parts = [...some, to - from - some.reduce((total, one) => total + one, 0)];
        const change = shownChange(from, to);
        expect(Math.round(change * 10)).toBe(Math.round(roundToTenth(to) * 10) - Math.round(roundToTenth(from) * 10));
        expect(Math.abs(change - (to - from))).toBeLessThan(0.1 + 1e-6);
        const shown = showParts(parts, change);
        expect(shown.reduce((total, one) => total + Math.round(one.shown * 10), 0)).toBe(Math.round(change * 10));
        for (const one of shown) expect(Math.abs(one.shown - one.exact)).toBeLessThan(0.1 + 1e-6);
      }),
    );
  });
});
