import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurns } from './turns.ts';

/** Looks that last until they are ended by hand; `quick` ones end by themselves. */
function watch(ids: readonly number[], { atOnce, quick = [] }: { atOnce: number; quick?: readonly number[] }) {
  const stop = new AbortController();
  const began: number[] = [];
  const open: (() => void)[] = [];
  const look = async (id: number) => {
    began.push(id);
    if (!quick.includes(id)) await new Promise<void>((resolve) => open.push(resolve));
  };
  const running = inTurns({ list: async () => ids, look, atOnce, pauseMs: 1 }, stop.signal);
  return { began, open, running, stop };
}

test('who takes long holds up no other, and is not begun twice', async () => {
  const { began, open, running, stop } = watch([1, 2, 3], { atOnce: 2, quick: [2, 3] });
  const times = (id: number) => began.filter((one) => one === id).length;
  await expect.poll(() => Math.min(times(2), times(3))).toBeGreaterThanOrEqual(5);
  expect(times(1)).toBe(1);
  stop.abort();
  open[0]!();
  await running;
});

test('with all places taken, who waits longest is next', async () => {
  const { began, open, running, stop } = watch([1, 2, 3, 4, 5], { atOnce: 2 });
  for (let ended = 0; ended < 6; ended++) {
    await expect.poll(() => open.length).toBe(2);
    open.shift()!();
  }
  await expect.poll(() => began).toEqual([1, 2, 3, 4, 5, 1, 2, 3]);
  stop.abort();
  for (const end of open) end();
  await running;
  expect(began).toHaveLength(8);
});

test('it ends when those it looks after have ended, and not before', async () => {
  const { began, open, running, stop } = watch([1], { atOnce: 1 });
  await expect.poll(() => open.length).toBe(1);
  let over = false;
  const ending = running.then(() => {
    over = true;
  });
  stop.abort();
  for (let turn = 0; turn < 50; turn++) await nextTurn();
  expect(over).toBe(false);
  open[0]!();
  await ending;
  expect(began).toEqual([1]);
});
