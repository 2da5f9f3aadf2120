import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AGGREGATES, type CustomEventSignal } from '#core/signals/custom.ts';
import { type CountedDay, customHistory, type MatchedDay } from '#core/signals/custom-history.ts';

function signal(aggregate: CustomEventSignal['aggregate'], windowDays: number, filtered = false): CustomEventSignal {
  const filters = filtered ? [{ property: 'plan', op: 'exists' as const }] : [];
  const described = { title: 'T', unit: 'count', higherIsBetter: null };
  return { kind: 'events', aggregate, event: 'e', windowDays, filters, ...described };
}

function on(day: number, more: Partial<MatchedDay> = {}): MatchedDay {
  return { day, events: 1, users: [], numbers: 0, sum: 0, last: null, ...more };
}
const numbers = (day: number, ...values: number[]) =>
  on(day, {
    events: values.length,
    numbers: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    last: values.at(-1) ?? null,
  });
const counted = (day: number, count: number | null, users: number | null = null): CountedDay => ({ day, count, users });

describe('events', () => {
  const matched = [numbers(10, 1, 2), on(11, { users: [7, 8] }), numbers(13, 5), on(14, { users: [8, 9] })];
  test.each<[string, CustomEventSignal, (number | null)[]]>([
    ['a count over two days', signal('count', 2), [null, 2, 3, 1, 1, 2]],
    ['a sum of nothing is 0', signal('sum', 1), [null, 3, 0, 0, 5, 0]],
    ['an average of nothing is missing', signal('average', 2), [null, 1.5, 1.5, null, 5, 5]],
    ['the last value, though later events have none', signal('last', 3), [null, 2, 2, 2, 5, 5]],
    ['a user of two days is one', signal('distinct_users', 4), [null, 0, 2, 2, 2, 3]],
  ])('%s', (_, one, expected) => {
    expect(customHistory(one, { firstDay: 10, matched, counted: [] }, 9, 14)).toEqual(expected);
  });

  test('an account that never had an event has no value', () => {
    expect(customHistory(signal('count', 7), { firstDay: null, matched: [], counted: [] }, 1, 2)).toEqual([null, null]);
  });
});

describe('days known from counts alone', () => {
  const days = [counted(11, 4, 3), counted(13, 0)];
  test.each<[string, CustomEventSignal, (number | null)[]]>([
    ['a count adds them up', signal('count', 2), [1, 5, 4, 0]],
    ['a filtered count cannot be told', signal('count', 2, true), [1, null, null, 0]],
    ['users of that day', signal('distinct_users', 1), [0, 3, 0, 0]],
    ['users of several days cannot be told', signal('distinct_users', 2), [0, null, null, 0]],
    ['nor a sum of a property', signal('sum', 1), [0, null, 0, 0]],
  ])('%s', (_, one, expected) => {
    expect(customHistory(one, { firstDay: 10, matched: [on(10)], counted: days }, 10, 13)).toEqual(expected);
  });

  test('an event that is not told of is not guessed', () => {
    const usage = { firstDay: 10, matched: [], counted: [counted(10, null)] };
    expect(customHistory(signal('count', 1), usage, 10, 11)).toEqual([null, 0]);
  });
});

interface Event {
  day: number;
  user: number | null;
  /** null: the property is missing, or no number */
  value: number | null;
}

/** The second implementation: each window looked at by itself, over single events. */
function naive({ aggregate, windowDays }: CustomEventSignal, events: readonly Event[], day: number): number | null {
  const known = events.filter((event) => event.day <= day);
  if (known.length === 0) return null;
  const inside = known.filter((event) => event.day > day - windowDays);
  const values = inside.flatMap(({ value }) => (value === null ? [] : [value]));
  if (aggregate === 'count') return inside.length;
  if (aggregate === 'distinct_users')
    return new Set(inside.map(({ user }) => user).filter((user) => user !== null)).size;
  if (aggregate === 'last') return values.at(-1) ?? null;
  const sum = values.reduce((a, b) => a + b, 0);
  return aggregate === 'sum' ? sum : values.length === 0 ? null : sum / values.length;
}

function matchedDays(events: readonly Event[]): MatchedDay[] {
  return [...Map.groupBy(events, ({ day }) => day)].map(([day, own]) => {
    const values = own.flatMap(({ value }) => (value === null ? [] : [value]));
    const users = new Set(own.flatMap(({ user }) => (user === null ? [] : [user])));
    return { ...numbers(day, ...values), events: own.length, users: [...users] };
  });
}

test('every day of every past equals the second implementation', () => {
  const event = fc.record({
    day: fc.integer({ min: 1, max: 60 }),
    user: fc.option(fc.integer({ min: 1, max: 6 })),
    value: fc.option(fc.integer({ min: -50, max: 50 })),
  });
  const asked = fc.record({
    events: fc.array(event, { maxLength: 80 }).map((list) => list.sort((a, b) => a.day - b.day)),
    aggregate: fc.constantFrom(...AGGREGATES),
    windowDays: fc.integer({ min: 1, max: 40 }),
    from: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(asked, ({ events, aggregate, windowDays, from }) => {
      const one = signal(aggregate, windowDays);
      const usage = { firstDay: events[0]?.day ?? null, matched: matchedDays(events), counted: [] };
      const expected = Array.from({ length: 65 - from + 1 }, (_, i) => naive(one, events, from + i));
      expect(customHistory(one, usage, from, 65)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
