import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightedMean } from './evaluate.ts';
import { largestLoss } from './largest-loss.ts';

const part = (name: string, weight: number, value: number | null) => ({ name, weight, value });
const read = ({ value }: { value: number | null }) => value;

describe('what pulls a score down most', () => {
  test.each<[string, ReturnType<typeof part>[], [string, number] | null]>([
    ['weight times what is missing', [part('a', 60, 80), part('b', 40, 50)], ['b', 20]],
    ['a heavy part a little below beats a light one at zero', [part('a', 90, 80), part('b', 10, 0)], ['a', 18]],
    ['what is missing takes no share', [part('a', 50, 40), part('b', 50, null)], ['a', 60]],
    ['the first of equal ones', [part('a', 50, 0), part('b', 50, 0)], ['a', 50]],
    ['nothing below 100', [part('a', 100, 100)], null],
    ['nothing scored', [part('a', 0, 10), part('b', 50, null)], null],
  ])('%s', (_name, parts, expected) => {
    const loss = largestLoss(parts, read);
    expect(loss && [loss.of.name, loss.points]).toEqual(expected);
  });

  test('raising it to 100 raises the mean by just that much, and no other by more', () => {
    const parts = fc.array(
      fc.record({ weight: fc.integer({ min: 1, max: 100 }), value: fc.option(fc.integer({ min: 0, max: 100 })) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(parts, (all) => {
        const loss = largestLoss(all, read);
        const mean = weightedMean(all, read);
        const won = all.map((one) =>
          one.value === null
            ? 0
            : weightedMean(
                all.map((o) => (o === one ? { ...o, value: 100 } : o)),
                read,
              )! - mean!,
        );
        expect(loss?.points ?? 0).toBeCloseTo(Math.max(0, ...won), 9);
      }),
    );
  });
});
