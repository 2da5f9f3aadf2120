import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, fromIso } from '#core/calendar/day.ts';
import { applyEvents } from '#core/usage/apply.ts';
import { emptyState, mapIn, markLoaded, rowsToLoad } from '#core/usage/load.ts';
import { joinDays, rollup } from '#core/usage/rollup.ts';
import { addTimes, sessionContribution } from '#core/usage/segments.ts';
import type { EventMapping, UsageChange, UsageEvent, UsageState } from '#core/usage/types.ts';

const MAPPING: EventMapping = new Map([
  [1, { features: [], login: true }],
  [2, { features: [10], login: false }],
  [3, { features: [10, 11], login: false }],
]);
const MINUTE = 60_000;
const at = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;
const event = (iso: string, user: number | null, eventId = 9, kind = 'track'): UsageEvent => ({
  at: at(iso),
  user,
  kind,
  eventId,
});
const day = (iso: string) => fromIso(iso)!;

/** A store of one account's rows that is asked for exactly the rows that rowsToLoad names. */
function store() {
  const all: UsageState = { ...emptyState(), complete: true };
  let loads = 0;
  return {
    all,
    maxLoads: () => loads,
    ingest(events: readonly UsageEvent[], timeZone: string): UsageChange {
      const state = emptyState();
      let count = 0;
      for (let keys = rowsToLoad(state, events, timeZone); keys !== null; keys = rowsToLoad(state, events, timeZone)) {
        count++;
        markLoaded(state, keys);
        for (const key of keys.days) state.days.set(key, all.days.get(key) ?? null);
        for (const { user, month } of keys.userMonths)
          mapIn(state.users, user).set(month, all.users.get(user)?.get(month) ?? null);
        for (const { user, day: key } of keys.segments)
          mapIn(state.segments, user).set(key, all.segments.get(user)?.get(key) ?? []);
      }
      loads = Math.max(loads, count);
      const change = applyEvents(state, events, MAPPING, timeZone);
      for (const row of change.days) all.days.set(row.day, row);
      for (const row of change.users) mapIn(all.users, row.user).set(row.month, row);
      for (const row of change.segments) mapIn(all.segments, row.user).set(row.day, row.segments);
      return change;
    },
    rows() {
      return {
        days: [...all.days.values()].sort((a, b) => a!.day - b!.day),
        users: [...all.users.values()]
          .flatMap((months) => [...months.values()])
          .sort((a, b) => a!.month - b!.month || a!.user - b!.user),
      };
    },
  };
}

describe('a day of events', () => {
  const change = rollup(
    [
      event('2025-03-10T09:00:00Z', 1, 1),
      event('2025-03-10T09:10:00Z', 1, 3),
      event('2025-03-10T09:40:00Z', 1, 2),
      event('2025-03-10T10:00:00Z', 2, 2, 'page'),
      event('2025-03-10T11:00:00Z', null, 2),
      event('2025-03-10T11:30:00Z', null, 1),
      event('2025-03-10T12:00:00Z', 3, 2, 'identify'),
    ],
    MAPPING,
    'UTC',
  );

  test('counts volumes of everybody, logins and users of the known, and 30 minutes of silence end a session', () => {
    expect(change.days).toEqual([
      {
        day: day('2025-03-10'),
        source: 'events',
        events: 6,
        featureEvents: 4,
        logins: 1,
        users: 2,
        sessions: 3,
        sessionSeconds: 600,
        carriedSeconds: [],
        features: [10, 11],
        lastAt: at('2025-03-10T11:30:00Z'),
      },
    ]);
    expect(change.firstEventAt).toBe(at('2025-03-10T09:00:00Z'));
  });

  test('an event without a user counts in volumes and last activity only', () => {
    const unknown = rollup([event('2025-03-10T09:00:00Z', null, 3)], MAPPING, 'UTC').days[0]!;
    expect(unknown).toMatchObject({ events: 1, featureEvents: 1, lastAt: at('2025-03-10T09:00:00Z') });
    expect(unknown).toMatchObject({ logins: 0, users: 0, sessions: 0, features: [] });
  });

  test('marks each user’s days and features of the month', () => {
    const bit = 1 << 9;
    expect(change.users).toEqual([
      {
        user: 1,
        month: day('2025-03-01'),
        activeDays: bit,
        features: new Map([
          [10, bit],
          [11, bit],
        ]),
      },
      { user: 2, month: day('2025-03-01'), activeDays: bit, features: new Map([[10, bit]]) },
    ]);
  });
});

describe('sessions over midnight', () => {
  test.each([
    [
      'one session of an hour and a half, its gap over midnight on the second day',
      ['22:50', '23:15', '23:40', '24:05', '24:20'],
      [
        [1, 50 * 60, []],
        [0, 0, [40 * 60]],
      ],
    ],
    [
      'a gap of 30 minutes over midnight separates',
      ['23:45', '24:15', '24:20'],
      [
        [1, 0, []],
        [1, 300, []],
      ],
    ],
    [
      'over two midnights',
      Array.from({ length: 79 }, (_, i) => `${23 + Math.floor(i / 3)}:${(i % 3) * 20}`),
      [
        [1, 40 * 60, []],
        [0, 0, [24 * 3600]],
        [0, 0, [0, 80 * 60]],
      ],
    ],
  ])('%s', (_name, clock, expected) => {
    const base = at('2025-03-10T00:00:00Z');
    const times = clock.map(
      (text) => base + Number(text.split(':')[0]) * 60 * MINUTE + Number(text.split(':')[1]) * MINUTE,
    );
    const result = sessionContribution(addTimes(new Map(), times, 'UTC'));
    const shown = [...result.values()].map((row) => [
      row.sessions,
      row.sessionMs / 1000,
      row.carriedMs.map((ms) => ms / 1000),
    ]);
    expect(shown).toEqual(expected);
  });
});

const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
/** Minutes around clock changes and month ends, dense near midnight so that sessions chain over it. */
const history = (timeZone: string) =>
  fc.array(
    fc.record({
      at: fc
        .tuple(
          fc.constantFrom(
            '2025-03-08',
            '2025-03-09',
            '2025-03-10',
            '2025-04-05',
            '2025-04-06',
            '2025-11-01',
            '2025-11-02',
          ),
          fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1380, max: 1500 })),
          fc.integer({ min: 0, max: 59_999 }),
        )
        .map(
          ([date, minute, ms]) =>
            at(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).toInstant().toString()) + minute * MINUTE + ms,
        ),
      user: fc.constantFrom(1, 2, null),
      kind: fc.constantFrom('track', 'page', 'screen', 'identify'),
      eventId: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 60 },
  );

describe('applying events in any order and any split equals the full rebuild', () => {
  test.each(ZONES)('in %s', (timeZone) => {
    fc.assert(
      fc.property(history(timeZone), fc.array(fc.nat(20)), (events, sizes) => {
        const rows = store();
        for (let from = 0, i = 0; from < events.length; i++) {
          const to = from + 1 + (sizes[i] ?? 3);
          rows.ingest(events.slice(from, to), timeZone);
          from = to;
        }
        const whole = rollup([...events].reverse(), MAPPING, timeZone);
        expect(rows.rows()).toEqual({ days: whole.days, users: whole.users });
        expect(rows.maxLoads()).toBeLessThanOrEqual(3);
      }),
      { numRuns: 150 },
    );
  });

  test('for a machine that never pauses for 70 days, whose missing minutes arrive last', () => {
    const base = at('2025-01-01T00:05:00Z');
    const times = Array.from({ length: 70 * 72 }, (_, i) => base + i * 20 * MINUTE);
    const events = times.map((time): UsageEvent => ({ at: time, user: 7, kind: 'track', eventId: 2 }));
    const isHole = (_: unknown, i: number) => i % 1000 === 500 || i % 1000 === 501;
    const rows = store();
    rows.ingest(
      events.filter((e, i) => !isHole(e, i)),
      'UTC',
    );
    for (const hole of events.filter(isHole)) rows.ingest([hole], 'UTC');
    expect(rows.rows().days).toEqual(rollup(events, MAPPING, 'UTC').days);
    expect(rows.maxLoads()).toBe(3);
  });
});

test('an ordinary event at noon asks for the rows of its day only', () => {
  expect(rowsToLoad(emptyState(), [event('2025-03-10T12:00:00Z', 1)], 'UTC')).toEqual({
    days: [day('2025-03-10')],
    userMonths: [{ user: 1, month: day('2025-03-01') }],
    segments: [{ user: 1, day: day('2025-03-10') }],
  });
});

test('rows that were not loaded are an error, not a silent zero', () => {
  expect(() => applyEvents(emptyState(), [event('2025-03-10T12:00:00Z', 1)], MAPPING, 'UTC')).toThrow(/not loaded/);
});

test('repeated times change no session', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 * 86_400_000 })), (times) => {
      const once = addTimes(new Map(), times, 'UTC');
      const again = addTimes(once, [...times].reverse(), 'UTC');
      expect(sessionContribution(again)).toEqual(sessionContribution(once));
    }),
  );
});

test('a day that has events and counts is given from its events', () => {
  const events = rollup([event('2025-03-10T12:00:00Z', 1)], MAPPING, 'UTC').days;
  const counts = [
    { ...events[0]!, source: 'counts' as const, events: 99 },
    { ...events[0]!, source: 'counts' as const, day: dayOf(0, 'UTC') },
  ];
  expect(joinDays(events, counts)).toEqual([counts[1], events[0]]);
});

test('events on a day held from counts replace the counts', () => {
  const rows = store();
  const key = day('2025-03-10');
  rows.all.days.set(key, {
    day: key,
    source: 'counts',
    events: 500,
    featureEvents: 500,
    logins: 0,
    users: 30,
    sessions: 0,
    sessionSeconds: 0,
    carriedSeconds: [],
    features: [11],
    lastAt: 0,
  });
  rows.ingest([event('2025-03-10T12:00:00Z', 1)], 'UTC');
  expect(rows.rows().days).toEqual(rollup([event('2025-03-10T12:00:00Z', 1)], MAPPING, 'UTC').days);
});
