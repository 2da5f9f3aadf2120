import { getEventListeners } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Bell, createBell } from './bell.ts';

const hour = 3_600_000;
let bell: Bell;
let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  bell = createBell();
  stop = new AbortController();
  return () => vi.useRealTimers();
});

test.each<[string, () => unknown]>([
  ['it is rung', () => bell.ring()],
  ['its time is over', () => vi.advanceTimersByTimeAsync(hour)],
  ['the loop is to end', () => stop.abort()],
])('a wait ends when %s, and leaves nothing behind', async (_, end) => {
  let over = false;
  const waiting = bell.wait(hour, stop.signal).then(() => (over = true));
  await vi.advanceTimersByTimeAsync(hour - 1);
  expect(over).toBe(false);
  await end();
  await waiting;
  expect([vi.getTimerCount(), getEventListeners(stop.signal, 'abort').length]).toEqual([0, 0]);
});

test('what was rung while nobody waited ends the next wait, and that one only', async () => {
  bell.ring();
  bell.ring();
  await bell.wait(hour, stop.signal);
  let over = false;
  const waiting = bell.wait(hour, stop.signal).then(() => (over = true));
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toBe(false);
  stop.abort();
  await waiting;
});

test('nobody waits after the end', async () => {
  stop.abort();
  await bell.wait(hour, stop.signal);
  expect(vi.getTimerCount()).toBe(0);
});
