import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeClock } from './now.ts';

const start = Date.parse('2026-03-02T09:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

it('moves on every half minute while somebody looks, and tells them', () => {
  const clock = makeClock();
  const heard = vi.fn();
  clock.subscribe(heard);
  vi.advanceTimersByTime(60_000);
  expect(clock.read()).toBe(start + 60_000);
  expect(heard).toHaveBeenCalledTimes(2);
});

it('is right for the first who looks after a while in which nobody did', () => {
  const clock = makeClock();
  clock.subscribe(() => undefined)();
  vi.setSystemTime(start + 600_000);
  clock.subscribe(() => undefined);
  expect(clock.read()).toBe(start + 600_000);
});
