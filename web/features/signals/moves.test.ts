import { expect, test } from 'vitest';
import type { SignalValue } from '#web/lib/signals.ts';
import { moveOf } from './moves.ts';

test.each<[string, SignalValue, SignalValue, boolean | null, ReturnType<typeof moveOf>]>([
  ['more of what is good', 10, 20, true, 'better'],
  ['less of what is good', 20, 10, true, 'worse'],
  ['more of what is bad', 1, 3, false, 'worse'],
  ['a fall that deepens', -0.2, -0.79, true, 'worse'],
  ['without a direction', 10, 20, null, 'neither'],
  ['nothing', 10, 10, true, null],
  ['too little to matter', 1000, 1001, true, null],
  ['from nothing', 0, 0.001, true, 'better'],
  ['not known before', null, 5, true, null],
  ['not known now', 5, null, true, null],
  ['a yes that became a no', true, false, true, 'worse'],
  ['a text', 'a', 'b', true, null],
])('%s', (_name, before, after, higherIsBetter, move) => {
  expect(moveOf(before, after, { higherIsBetter })).toBe(move);
});
