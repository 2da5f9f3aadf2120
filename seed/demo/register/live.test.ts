import { describe, expect, test } from 'vitest';
import { shippedRules } from '#core/risk/shipped.ts';
import { dayMs, hourMs } from '#core/risk/signal.ts';
import { liveThrough } from './live.ts';

const rule = shippedRules.find(({ key }) => key === 'logins-down')!;
const start = Date.parse('2025-03-03T10:00:00Z');
const account = (index: number, holds: (day: number) => boolean, churnDay: number | null = null, length = 60) => ({
  seed: 7,
  index,
  churnedAt: churnDay === null ? null : start + churnDay * dayMs,
  days: Array.from({ length }, (_, day) => ({
    at: start + day * dayMs,
    values: { 'usage.login_change': holds(day) ? -0.8 : 0 },
  })),
  now: start + length * dayMs,
});
const many = (holds: (day: number) => boolean, churnDay: number | null = null) =>
  Array.from({ length: 300 }, (_, index) => liveThrough([rule], account(index, holds, churnDay))).flat();

describe('a lived signal', () => {
  const lived = many((day) => day >= 5 && day < 30);

  test('opens when its condition begins to hold, and is the same each time', () => {
    expect(lived[0]!.state.openedAt).toBe(start + 5 * dayMs);
    expect(many((day) => day >= 5 && day < 30)).toEqual(lived);
  });

  test('tells what happened in the order of time, from the opening to the end', () => {
    for (const { steps, state } of lived) {
      const times = steps.flatMap(({ events }) => events.map(({ at }) => at));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(steps[0]!.events[0]!.kind).toBe('opened');
      expect(steps.at(-1)!.next.status).toBe(state.status);
    }
  });

  test('is answered in time mostly, late sometimes, by members at work', () => {
    const inTime = lived.filter(({ state }) => state.respondedAt !== null && state.breachedAt === null).length;
    const late = lived.filter(({ state }) => state.respondedAt !== null && state.breachedAt !== null).length;
    expect(inTime / lived.length).toBeGreaterThan(0.5);
    expect(late / lived.length).toBeGreaterThan(0.05);
    const acted = lived.flatMap(({ steps }) =>
      steps.filter(({ byMember }) => byMember).flatMap(({ events }) => events),
    );
    const atWork = acted.filter(({ at }) => {
      const hour = (at % dayMs) / hourMs;
      return hour >= 8 && hour < 17 && new Date(at).getUTCDay() % 6 !== 0;
    });
    expect(atWork.length / acted.length).toBeGreaterThan(0.75);
  });

  test('ends in each of the ways that there are', () => {
    const ends = new Set(lived.map(({ state }) => state.resolution));
    for (const end of ['quiet', 'saved', 'dismissed'] as const) expect(ends).toContain(end);
  });
});

test('of a customer who leaves it ends, as lost where somebody had taken it up', () => {
  const lived = many((day) => day >= 20, 40);
  expect(lived.every(({ state }) => state.phase !== 'open')).toBe(true);
  expect(lived.filter(({ state }) => state.resolution === 'lost').length).toBeGreaterThan(100);
});

test('one that is missed is marked at the moment at which its time was over', () => {
  const missed = many((day) => day >= 5).filter(({ state }) => state.breachedAt !== null);
  expect(missed.length).toBeGreaterThan(20);
  for (const { state, steps } of missed) {
    const breached = steps.flatMap(({ events }) => events).find(({ kind }) => kind === 'breached');
    expect(breached?.at).toBe(state.breachedAt! + 1);
  }
});
