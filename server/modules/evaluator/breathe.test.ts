import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapBreathing } from './breathe.ts';

function computeFor(ms: number): number {
  const until = performance.now() + ms;
  while (performance.now() < until);
  return ms;
}

test('others get their turn while it computes, and the order stays', async () => {
  let turns = 0;
  let over = false;
  const others = (async () => {
    while (!over) {
      await nextTurn();
      turns++;
    }
  })();
  const items = Array.from({ length: 20 }, (_, i) => i);
  const results = await mapBreathing(items, (item) => [item, computeFor(3), turns]);
  over = true;
  await others;
  expect(results.map(([item]) => item)).toEqual(items);
  // 60 ms of computing are at least five stretches of 8 ms and one item
  expect(new Set(results.map(([, , turn]) => turn)).size).toBeGreaterThanOrEqual(5);
});

test('an item that fails fails all', async () => {
  const failing = () => {
    throw new Error('no');
  };
  await expect(mapBreathing([1, 2], failing)).rejects.toThrow('no');
});
