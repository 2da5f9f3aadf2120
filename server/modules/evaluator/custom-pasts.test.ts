/** Custom signals on past days: filled in from raw events and counts, against a second implementation over the same rows. */
import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import { type Day, dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import type { CustomEventSignal, CustomSignal } from '#core/signals/custom.ts';
import { asOfDay } from '#core/signals/moment.ts';
import { customOf, readColumns, readHistory, signalWorks } from '#server/modules/signals/index.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { closeDay } from './daily.ts';
import { createWorld, hour, type World } from './evaluator.test-support.ts';
import { markAllHistories, refillSome } from './refill.ts';

const database = testDatabase();
const log = createLogger('silent');
const zone = 'Europe/Vienna';
const today = fromIso('2026-04-10')!; // clocks went forward on 29 March
const now = Date.parse('2026-04-10T10:00:00Z');

async function refill(world: World, at: number): Promise<void> {
  for (;;) {
    const judged = await world.judge(at);
    if ((await refillSome(database.pool, world.workspaceId, at, log)) + judged === 0) return;
  }
}

async function define({ workspaceId, rows }: World, signals: Record<string, CustomSignal>, since: Day): Promise<void> {
  for (const [key, definition] of Object.entries(signals)) {
    await rows(sql`insert into custom_signals (workspace_id, key, definition, created_at)
      values (${workspaceId}, ${key}, ${JSON.stringify(definition)}::jsonb, ${toIso(since)}::date)`);
  }
}

/** The custom values of each day, by the reading preferred. */
function customDays(
  world: World,
  accountId: number,
  prefer: 'then' | 'now',
): Promise<[string, Record<string, SignalValue>][]> {
  return world.inside(async (tx) => {
    const days = await readHistory(tx, world.workspaceId, accountId, { from: 0, to: today, prefer });
    return days.map(({ day, custom }) => [toIso(day), custom]);
  });
}

function events(
  aggregate: CustomEventSignal['aggregate'],
  windowDays: number,
  more: Partial<CustomEventSignal> = {},
): CustomEventSignal {
  const described = { title: 'T', unit: '', higherIsBetter: null };
  return { kind: 'events', aggregate, event: 'Export', windowDays, filters: [], ...described, ...more };
}

const rows = { property: 'rows' };
const signals: Record<string, CustomEventSignal> = {
  'custom.count': events('count', 7),
  'custom.users': events('distinct_users', 5),
  'custom.sum': events('sum', 3, rows),
  'custom.average': events('average', 10, rows),
  'custom.last': events('last', 4, rows),
  'custom.csv': events('count', 2, { filters: [{ property: 'format', op: 'eq', value: 'csv' }] }),
  'custom.large': events('distinct_users', 30, {
    filters: [
      { property: 'rows', op: 'gte', value: 50 },
      { property: 'format', op: 'contains', value: 's' },
    ],
  }),
  'custom.other': events('count', 7, { event: 'Nobody does this' }),
};

interface Sent {
  event: string;
  contact?: string;
  at: string;
  properties: Record<string, unknown>;
}

/** Some on every hour of the day, so that midnights and the day of 23 hours are met. */
const sent: Sent[] = Array.from({ length: 150 }, (_, i) => ({
  event: i % 4 === 3 ? 'Opened' : 'Export',
  ...(i % 5 !== 0 && { contact: `u${i % 7}` }),
  at: new Date(now - (i * 6.3 + 1) * hour).toISOString(),
  properties: {
    ...(i % 3 !== 0 && { rows: i % 11 === 0 ? 'many' : i % 6 === 0 ? String(i) : i }),
    ...(i % 2 === 0 && { format: i % 4 === 0 ? 'csv' : 'xlsx' }),
  },
}));

const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
const dates = new Map(sent.map((event) => [event, calendar.format(new Date(event.at))]));

/** The second implementation: one window at a time, over what was sent, by the calendar of the runtime. */
function naive(signal: CustomEventSignal, day: string): SignalValue {
  if (!sent.some((event) => dates.get(event)! <= day)) return null;
  const start = new Date(Date.parse(day) - (signal.windowDays - 1) * 24 * hour).toISOString().slice(0, 10);
  const inside = sent
    .filter((event) => event.event === signal.event && dates.get(event)! >= start && dates.get(event)! <= day)
    .filter(({ properties: { format, rows: size } }) =>
      signal.filters.every(({ property, value }) =>
        property === 'rows' ? Number(size) >= Number(value) : String(format ?? '').includes(String(value)),
      ),
    )
    .sort((a, b) => a.at.localeCompare(b.at));
  const numbers = inside.map(({ properties }) => Number(properties.rows ?? Number.NaN)).filter(Number.isFinite);
  const sum = numbers.reduce((a, b) => a + b, 0);
  const answers = {
    count: inside.length,
    distinct_users: new Set(inside.flatMap(({ contact }) => contact ?? [])).size,
    sum,
    average: numbers.length === 0 ? null : sum / numbers.length,
    last: numbers.at(-1) ?? null,
  };
  return answers[signal.aggregate];
}

test('the past of signals over events is that of the second implementation, day by day', async () => {
  const world = await createWorld(database.pool, zone);
  await define(world, signals, today);
  await world.send(
    'events',
    sent.map((event) => ({ account: 'a', ...event })),
    now,
  );
  await refill(world, now);
  const accountId = await world.accountId('a');
  const days = await customDays(world, accountId, 'now');
  expect(days.length).toBe(today - dayOf(Date.parse(sent.at(-1)!.at), zone));
  for (const [day, custom] of days) {
    const expected = Object.fromEntries(Object.entries(signals).map(([key, signal]) => [key, naive(signal, day)]));
    expect([day, custom]).toEqual([day, expected]);
    const { workspaceId } = world;
    const asOf = asOfDay(fromIso(day)!, zone);
    const moment = await world.inside((tx) => customOf(tx, workspaceId, [accountId], asOf, zone));
    expect([day, moment.get(accountId)]).toEqual([day, expected]);
  }
});

test('signals made after the past are filled in by themselves, until facts change it', async () => {
  const world = await createWorld(database.pool, zone);
  const { workspaceId } = world;
  const [late, ...early] = sent;
  const send = (events: readonly Sent[]) =>
    world.send(
      'events',
      events.map((event) => ({ account: 'a', ...event })),
      now,
    );
  const whatIs = async () => {
    const accountId = await world.accountId('a');
    const days = await customDays(world, accountId, 'now');
    const range = { from: 0, to: today, prefer: 'now' as const };
    const columns = await world.inside((tx) => readColumns(tx, workspaceId, [accountId], Object.keys(signals), range));
    expect(columns.get(accountId)!.map(({ day, values }) => [toIso(day), values])).toEqual(days);
    return days;
  };
  const naively = (days: readonly [string, unknown][]) =>
    days.map(([day]) => [
      day,
      Object.fromEntries(Object.entries(signals).map(([key, signal]) => [key, naive(signal, day)])),
    ]);
  await send(early);
  await refill(world, now);
  await define(world, signals, today);
  for (const key of Object.keys(signals)) {
    const { signal } = new AbortController();
    const work = { pool: database.pool, log, workspaceId, signal, progress: async () => undefined };
    for (const { run } of signalWorks) await run({ ...work, detail: { key } });
  }
  const filled = await whatIs();
  // only today is without the late one
  expect(filled.length).toBeGreaterThan(30);
  expect(filled).toEqual(naively(filled));

  const beside = () => world.rows(sql`select key from custom_pasts where workspace_id = ${workspaceId}`);
  expect(await beside()).toHaveLength(Object.keys(signals).length);
  await send([late!]);
  await world.inside((tx) => markAllHistories(tx, workspaceId));
  await refill(world, now);
  expect(await beside()).toEqual([]);
  const again = await whatIs();
  expect(again).toEqual(naively(again));
});

test('days known from daily counts alone tell what counts can tell', async () => {
  const world = await createWorld(database.pool, zone);
  await define(
    world,
    { ...signals, 'custom.day_users': events('distinct_users', 1), 'custom.day': events('count', 1) },
    today,
  );
  await world.send(
    'daily_usage',
    [
      { account: 'a', day: '2026-04-01', event: 'Export', count: 4, users: 3 },
      { account: 'a', day: '2026-04-02', event: 'Opened', count: 9, users: 5 },
      { account: 'a', day: '2026-04-03', count: 20 },
      { account: 'a', day: '2026-04-05', event: 'Export', count: 100, users: 50 },
    ],
    now,
  );
  // A day that has both uses the events.
  await world.send('events', [{ account: 'a', event: 'Export', contact: 'u', at: '2026-04-05T09:00:00Z' }], now);
  await refill(world, now);
  const days = new Map(await customDays(world, await world.accountId('a'), 'now'));
  const of = (key: string) => ['01', '02', '03', '04', '05'].map((day) => days.get(`2026-04-${day}`)![`custom.${key}`]);
  expect(of('day')).toEqual([4, 0, null, 0, 1]);
  expect(of('day_users')).toEqual([3, 0, null, 0, 1]);
  expect(of('count')).toEqual([4, 4, null, null, null]);
  expect(of('csv')).toEqual([null, null, null, null, 0]);
  expect(of('users')).toEqual([null, null, null, null, null]);
  expect(of('other')).toEqual([0, 0, null, null, null]);
});

describe('attributes', () => {
  const plan: CustomSignal = {
    kind: 'attribute',
    title: 'Plan',
    attribute: 'plan',
    type: 'text',
    unit: '',
    higherIsBetter: null,
  };
  const send = (world: World, value: string, at: number) =>
    world.send('accounts', [{ account: 'a', attributes: { plan: value } }], at);
  const noonOf = (day: Day) => Date.parse(`${toIso(day)}T12:00:00Z`);
  const midnightAfter = (day: Day) => asOfDay(day, zone).at + 1;

  async function threeDays(since: Day): Promise<[string, SignalValue][]> {
    const world = await createWorld(database.pool, zone);
    await define(world, { 'custom.plan': plan }, since);
    await world.send(
      'tickets',
      [{ id: '1', account: 'a', openedAt: new Date(noonOf(today - 3)).toISOString(), severity: 'low' }],
      noonOf(today - 3),
    );
    await closeDay(database.pool, world.workspaceId, noonOf(today - 1));
    await send(world, 'small', noonOf(today - 1));
    await closeDay(database.pool, world.workspaceId, midnightAfter(today - 1));
    await send(world, 'large', noonOf(today));
    await closeDay(database.pool, world.workspaceId, midnightAfter(today));
    await world.inside((tx) => markAllHistories(tx, world.workspaceId));
    await refill(world, midnightAfter(today) + 1);
    const days = await customDays(world, await world.accountId('a'), 'now');
    return days.map(([day, custom]) => [day, custom['custom.plan'] ?? null]);
  }

  test('of a past day only its snapshot knows them', async () => {
    expect(await threeDays(today - 30)).toEqual([
      [toIso(today - 3), null],
      [toIso(today - 2), null],
      [toIso(today - 1), 'small'],
      [toIso(today), 'large'],
    ]);
  });

  test('a snapshot from before the signal read this attribute does not count', async () => {
    expect((await threeDays(today)).map(([, value]) => value)).toEqual([null, null, null, 'large']);
  });
});
