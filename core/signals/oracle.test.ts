import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, fromIso, startOfDay } from '#core/calendar/day.ts';
import { computeFamily } from '#core/signals/compute.ts';
import {
  type AccountFacts,
  type Feature,
  NO_FACTS,
  type SignalSettings,
  type Subscription,
} from '#core/signals/facts.ts';
import { asOfDay, asOfInstant } from '#core/signals/moment.ts';
import { oracleSignals, type RawCount, type RawEvent } from '#core/signals/oracle.test-support.ts';
import { countsDay } from '#core/usage/counts.ts';
import { rollup, usageFacts } from '#core/usage/rollup.ts';
import type { EventMapping } from '#core/usage/types.ts';

const MINUTE = 60_000;
const feature = (id: number, core: boolean, advanced: boolean, ...plans: string[]): Feature => ({
  id,
  key: `f${id}`,
  core,
  advanced,
  plans,
});
const FEATURES = [
  feature(10, true, false),
  feature(11, true, false, 'pro'),
  feature(12, false, true, 'pro'),
  feature(13, false, true, 'team'),
];
const meaning = (login: boolean, ...features: number[]) => ({ login, features });
const WITH_LOGIN: EventMapping = new Map([
  [1, meaning(true)],
  [2, meaning(false, 10)],
  [3, meaning(false, 10, 11)],
  [4, meaning(false, 12)],
  [5, meaning(true, 13)],
]);
const WITHOUT_LOGIN: EventMapping = new Map(
  [...WITH_LOGIN].map(([id, { features }]) => [id, meaning(false, ...features)]),
);

/** Starts from which 140 days cross clock changes, leap day and year's end in the zones below. */
const starts = fc.constantFrom('2023-12-01', '2024-09-20', '2025-01-15', '2025-03-01');
const zones = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Santiago');
const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 1439 }),
  fc.integer({ min: 1400, max: 1439 }),
  fc.integer({ min: 0, max: 45 }),
);
const offset = fc.integer({ min: 0, max: 135 });

const events = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 400 }),
    offset: fc.oneof(offset, fc.integer({ min: 60, max: 75 })),
    minute: minuteOfDay,
    ms: fc.integer({ min: 0, max: 59_999 }),
    user: fc.constantFrom(1, 1, 2, 3, null),
    kind: fc.constantFrom('track', 'track', 'page', 'screen', 'identify'),
    eventId: fc.integer({ min: 1, max: 6 }),
    /** further events of the same user close behind, so that there are sessions of some length */
    burst: fc.array(fc.oneof(fc.integer({ min: 1, max: 45 }), fc.constant(30)), { maxLength: 6 }),
  }),
  { maxLength: 40 },
);
const countRow = fc.record({
  offset,
  eventId: fc.constantFrom(null, 1, 2, 3, 4),
  count: fc.constantFrom(null, 0, 1, 7),
  users: fc.constantFrom(null, 0, 3),
});
const counts = fc.oneof(fc.array(countRow, { maxLength: 0 }), fc.array(countRow, { maxLength: 8 }));
const lines = fc.array(
  fc.record({
    start: fc.integer({ min: -20, max: 100 }),
    length: fc.constantFrom(null, 30, 90),
    plans: fc.array(fc.constantFrom('pro', 'team', null), { minLength: 1, maxLength: 2 }),
    quantity: fc.constantFrom(null, 1, 2, 10),
    unit: fc.constantFrom('users', 'users', 'gigabytes'),
  }),
  { maxLength: 2 },
);
const history = fc.record({
  start: starts,
  timeZone: zones,
  events,
  counts,
  lines,
  rhythm: fc.constantFrom('daily' as const, 'working_days' as const, 'weekly' as const),
  holidays: fc.array(offset, { maxLength: 5 }),
  mapping: fc.constantFrom(WITH_LOGIN, WITHOUT_LOGIN),
  asOf: fc.oneof(fc.record({ offset, minute: fc.constant(null) }), fc.record({ offset, minute: minuteOfDay })),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

function rawEvents({ events: drawn, start, timeZone }: History): RawEvent[] {
  const first = Temporal.PlainDate.from(start);
  return drawn.flatMap(({ id, offset: days, minute, ms, burst, ...event }) => {
    const midnight = first.add({ days }).toZonedDateTime(timeZone).epochMilliseconds;
    let at = midnight + minute * MINUTE + ms;
    const times = [at, ...burst.map((gap) => (at += gap * MINUTE - (gap === 31 ? ms : 0)))];
    return times.flatMap((time, i) => {
      const raw = { ...event, messageId: `${id}-${i}`, at: time };
      return id % 5 === 0 ? [raw, { ...raw }] : [raw];
    });
  });
}

function subscriptions({ lines: drawn, start }: History): Subscription[] {
  return drawn.map(({ start: offsetDays, length, plans, quantity, unit }, id) => {
    const startDay = fromIso(start)! + offsetDays;
    return {
      id,
      product: 'main',
      startDay,
      endDay: length === null ? null : startDay + length,
      renewalDay: null,
      termMonths: null,
      autoRenew: null,
      changes: plans.map((plan, i) => ({
        fromDay: startDay + i * 20,
        plan,
        quantity,
        unit,
        mrrMinor: 100,
        currency: 'EUR',
      })),
    };
  });
}

/** What the store does with what was sent: one row for each message id and time. */
function stored(raw: readonly RawEvent[]): RawEvent[] {
  return [...new Map(raw.map((event) => [`${event.messageId}@${event.at}`, event])).values()];
}

function compare(drawn: History, order: number): void {
  const { start, timeZone, mapping, rhythm, asOf: asked } = drawn;
  const first = fromIso(start)!;
  const settings: SignalSettings = {
    timeZone,
    currency: 'EUR',
    rhythm,
    workingDays: [0, 1, 2, 3, 4],
    holidays: new Set(drawn.holidays.map((days) => first + days)),
    features: FEATURES,
    rates: new Map(),
  };
  const asOf =
    asked.minute === null
      ? asOfDay(first + asked.offset, timeZone)
      : asOfInstant(startOfDay(first + asked.offset, timeZone) + asked.minute * MINUTE, timeZone);
  const raw = rawEvents(drawn);
  const rows: RawCount[] = drawn.counts.map(({ offset: days, ...row }) => ({
    ...row,
    date: Temporal.PlainDate.from(start).add({ days }).toString(),
  }));
  // "Now" knows nothing later; the end of a past day is asked of facts that go on after it.
  const known = stored(raw).filter((event) => asked.minute === null || event.at <= asOf.at);
  const shuffled = known.map((event, i) => [(i * order) % 101, event] as const).sort((a, b) => a[0] - b[0]);
  const byDate = Map.groupBy(rows, (row) => fromIso(row.date)!);
  const facts: AccountFacts = {
    ...NO_FACTS,
    subscriptions: subscriptions(drawn),
    usage: usageFacts(
      rollup(
        shuffled.map(([, event]) => event),
        mapping,
        timeZone,
      ),
      [...byDate].map(([day, ofDay]) => countsDay(day, ofDay, mapping, timeZone)),
      mapping,
    ),
  };
  const expected = oracleSignals(
    { events: raw, counts: rows, mapping, subscriptions: facts.subscriptions!, settings },
    asOf.at,
  );
  const onceAsked = computeFamily('adoption', facts, asOf, settings);
  const actual = {
    ...computeFamily('usage', facts, asOf, settings),
    ...onceAsked,
    ...computeFamily('seats', facts, asOf, settings),
  };
  expect(dayOf(asOf.at, timeZone)).toBe(asOf.day);
  // Whoever asks again is answered from an index.
  expect(computeFamily('adoption', facts, asOf, settings)).toEqual(onceAsked);
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(actual)) {
    const wanted = expected[key]!;
    const isSame =
      value === wanted || (typeof value === 'number' && wanted !== null && Math.abs(value - wanted) < 1e-9);
    expect(isSame, `${key}: ${value}, by the second implementation ${wanted}`).toBe(true);
  }
}

test('every usage, adoption and seats signal equals the naive second implementation on random histories', () => {
  fc.assert(fc.property(history, fc.integer({ min: 1, max: 100 }), compare), { numRuns: 400 });
}, 60_000);
