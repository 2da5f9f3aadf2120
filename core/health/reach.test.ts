import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignalValue } from '#core/condition/types.ts';
import { component, curve, scored } from './define.ts';
import { countReaches, likelihoodOf, noReaches, type PastDay } from './reach.ts';
import type { Scorecard } from './scorecard.ts';
import { renewal6 } from './shipped/renewal-6.ts';

const rising = curve([0, 100], [0, 100]);
const falling = curve([0, 100], [100, 0]);
const card: Scorecard = {
  ...renewal6,
  components: [
    component('a', 'A', 50, [scored('up', 100, rising)]),
    component('b', 'B', 30, [scored('down', 100, falling)]),
    component('c', 'C', 20, [scored('flag', 100, { whenTrue: 100, whenFalse: 0 })]),
  ],
};

const days = (signal: string, values: readonly SignalValue[], from = 20_000): PastDay[] =>
  values.map((value, i) => ({ day: from + i, values: { [signal]: value } }));
const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** What is seen of a signal after the same past of `accounts` accounts. */
function seen(signal: string, values: readonly SignalValue[], accounts = 20) {
  const reaches = noReaches(card);
  for (let i = 0; i < accounts; i++) countReaches(reaches, card, days(signal, values));
  return reaches.find((one) => one.signal === signal)!;
}

describe('the share of accounts that came far enough', () => {
  // green from 70: a step is 3.5, and 35 is ten of them away. 91 days are one look with all of its 90 days.
  test.each<[string, string, SignalValue[], [SignalValue, number | boolean], number | null]>([
    ['reached in the last day', 'up', [...repeat(90, 35), 70], [35, 70], 1],
    ['never', 'up', repeat(91, 35), [35, 70], 0],
    ['half of the way is enough for who has half of it to go', 'up', [...repeat(90, 35), 52.5], [52.5, 70], 1],
    ['and not for the whole', 'up', [...repeat(90, 35), 52.5], [35, 70], 0],
    ['a peak in between counts', 'up', [35, ...repeat(89, 75), 10], [35, 70], 1],
    ['a day later does not', 'up', [...repeat(90, 35), 35, ...repeat(20, 70)], [35, 70], 0],
    ['downwards where less is better', 'down', [65, ...repeat(90, 30)], [65, 30], 1],
    ['upwards is no help there', 'down', [65, ...repeat(90, 90)], [65, 30], 0],
    ['a yes', 'flag', [false, ...repeat(90, true)], [false, true], 1],
    ['missing on the way', 'up', [35, ...repeat(89, null), 70], [35, 70], 1],
    ['missing at first is no chance', 'up', [null, ...repeat(90, 70)], [35, 70], null],
    ['green already is no chance', 'up', repeat(91, 80), [35, 70], null],
    ['90 days are not over', 'up', repeat(90, 35), [35, 70], null],
    ['farther away than any was', 'up', [...repeat(90, 35), 70], [30, 70], null],
  ])('%s', (_name, signal, values, [from, to], expected) => {
    expect(likelihoodOf(seen(signal, values), from, to)?.share ?? null).toBe(expected);
  });

  test('fewer than 20 chances say nothing', () => {
    expect(likelihoodOf(seen('up', repeat(91, 35), 19), 35, 70)).toBeNull();
    expect(likelihoodOf(seen('up', repeat(91, 35), 20), 35, 70)).toEqual({ share: 0, chances: 20 });
    expect(likelihoodOf(undefined, 35, 70)).toBeNull();
  });

  test('an account is looked at once in 30 days', () => {
    expect(likelihoodOf(seen('up', repeat(181, 35), 5), 35, 70)).toEqual({ share: 0, chances: 20 });
  });
});

test('agrees with counting one account after the other, at every step', () => {
  const walk = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 91, maxLength: 200 });
  fc.assert(
    fc.property(fc.array(walk, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 20 }), (walks, step) => {
      const pasts = walks.map((moves) => {
        let value = 50;
        return moves.map((move) => (value = Math.min(100, Math.max(0, value + move))));
      });
      const reaches = noReaches(card);
      for (const values of pasts) countReaches(reaches, card, days('up', values));
      const [reach] = reaches;
      const needed = (70 / 20) * step;
      let [chances, moved] = [0, 0];
      for (const values of pasts) {
        for (let i = 0; i + 90 < values.length; i++) {
          if (values[i]! >= 70) continue;
          if (70 - values[i]! >= needed) {
            chances++;
            if (values.slice(i + 1, i + 91).some((later) => later - values[i]! >= needed)) moved++;
          }
          i += 29;
        }
      }
      expect([reach!.chances[step - 1], reach!.moved[step - 1]]).toEqual([chances, moved]);
    }),
    { numRuns: 200 },
  );
});
