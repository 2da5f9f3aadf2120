/** Days that end, pasts that change, and what time alone brings about. */
import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import { fromIso, toIso } from '#core/calendar/day.ts';
import { computeSignals, FAMILY_SOURCES } from '#core/signals/compute.ts';
import { asOfDay } from '#core/signals/moment.ts';
import { riskWorks } from '#server/modules/risk/index.ts';
import { fromSlots, type HistoryRow, loadFacts, loadSettings, readHistory } from '#server/modules/signals/index.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { closeDay } from './daily.ts';
import { createWorld, factual, freshSignals, hour, storedSignals, type World } from './evaluator.test-support.ts';
import { markAllHistories, refillSome } from './refill.ts';
import { tick } from './scheduler.ts';
import { refreshBook } from './stale-book.ts';

const database = testDatabase();
const log = createLogger('silent');
const zone = 'Europe/Vienna';
const first = fromIso('2026-03-28')!; // its next day has 23 hours
const noonOf = (day: number) => Date.parse(`${toIso(day)}T12:00:00Z`);
const ticket = (id: string, account: string, at: number) => ({
  id,
  account,
  openedAt: new Date(at).toISOString(),
  severity: 'urgent',
});
const contract = (account: string, mrr: number) => ({
  id: account,
  account,
  start: '2026-01-01',
  mrr,
  quantity: 5,
  unit: 'users',
});

async function twoCustomers(): Promise<World> {
  const world = await createWorld(database.pool, zone);
  const now = noonOf(first);
  await world.send('subscriptions', [contract('a', 100), contract('b', 250)], now);
  await world.send('tickets', [ticket('1', 'a', now - hour), ticket('2', 'b', now - 40 * 24 * hour)], now);
  await world.send('accounts', [{ account: 'c', name: 'A prospect' }], now);
  await world.judge(now);
  return world;
}

const closedOf = async ({ rows, workspaceId }: World) =>
  (
    await rows<{ day: string | null }>(sql`select day_closed::text as day from workspaces where id = ${workspaceId}`)
  )[0]!.day;
const blocks = ({ rows, workspaceId }: World) =>
  rows<{
    account_id: number;
    reading: string;
    block: Buffer;
  }>(sql`select account_id, reading, block from account_histories
    where workspace_id = ${workspaceId} order by account_id, month, reading`);
const book = ({ rows, workspaceId }: World, day: number) =>
  rows<{ band: string; accounts: number; arr_minor: number }>(sql`select band, sum(accounts)::int as accounts,
    sum(arr_minor)::bigint as arr_minor from book_days where workspace_id = ${workspaceId} and day = ${toIso(day)} group by band order by band`);
const history = (world: World, accountId: number, prefer: 'then' | 'now'): Promise<HistoryRow[]> =>
  world.inside((tx) => readHistory(tx, world.workspaceId, accountId, { from: 0, to: first + 100, prefer }));
const close = (world: World, now: number) => closeDay(database.pool, world.workspaceId, now);
/** Judges and fills in by turns, as evaluator and scheduler do, until both have nothing left to do. */
async function refill(world: World, now: number): Promise<void> {
  for (;;) {
    const judged = await world.judge(now);
    if ((await refillSome(database.pool, world.workspaceId, now, log)) + judged === 0) return;
  }
}

describe('a day that ends', () => {
  const midnight = noonOf(first) + 11 * hour + 1; // in Vienna
  const stale = ({ rows, workspaceId }: World) =>
    rows<{ n: number }>(sql`select count(*) as n from stale_histories where workspace_id = ${workspaceId}`);

  test('a new workspace begins with the first day it sees', async () => {
    const world = await twoCustomers();
    expect(await close(world, noonOf(first))).toBe(true);
    expect([await closedOf(world), await blocks(world)]).toEqual([toIso(first - 1), []]);
    expect(await close(world, noonOf(first))).toBe(false);
    expect(await close(world, midnight - 2)).toBe(false);
  });

  test('every account is judged at its end, and the book is what they make together', async () => {
    const world = await twoCustomers();
    await close(world, noonOf(first));
    expect(await close(world, midnight)).toBe(true);
    const fresh = await freshSignals(world, asOfDay(first, zone));
    const records = new Map<number, HistoryRow>();
    for (const [accountId, values] of fresh) {
      const rows = await history(world, accountId, 'then');
      expect(rows.map((row) => [row.day, row.reading])).toEqual([[first, 'then']]);
      expect(factual(fromSlots(rows[0]!.slots))).toEqual(values);
      records.set(accountId, rows[0]!);
    }
    const sums = new Map<string, { accounts: number; arr: number }>();
    for (const [accountId, { band }] of records) {
      const arr = fresh.get(accountId)!['contract.arr'];
      if (typeof arr !== 'number') continue;
      const sum = sums.get(band ?? '') ?? { accounts: 0, arr: 0 };
      sums.set(band ?? '', { accounts: sum.accounts + 1, arr: sum.arr + arr });
    }
    expect([...sums.values()].reduce((all, sum) => all + sum.arr, 0)).toBe(12 * 35_000);
    const expected = [...sums].sort().map(([band, { accounts, arr }]) => ({ band, accounts, arr_minor: arr }));
    expect(await book(world, first)).toEqual(expected);
  });

  test('an override until midnight is in force to the end of its last day', async () => {
    const world = await twoCustomers();
    const [lasting, ended] = [await world.accountId('a'), await world.accountId('b')];
    await close(world, noonOf(first));
    for (const [accountId, until] of [
      [lasting, midnight - 1],
      [ended, midnight - 1 - hour],
    ]) {
      await world.rows(sql`insert into score_overrides (workspace_id, account_id, scorecard_id, score, reason, until, by_name, created_at)
        select ${world.workspaceId}, ${accountId}, scorecard_id, 3, 'a reason', to_timestamp(${until! / 1000}), 'Mia',
          to_timestamp(${noonOf(first) / 1000}) from account_states where account_id = ${accountId}`);
    }
    await tick(database.pool, world.workspaceId, midnight);
    const scoreAtEnd = async (accountId: number) => (await history(world, accountId, 'then'))[0]!.score;
    expect(await scoreAtEnd(lasting)).toBe(3);
    expect(await scoreAtEnd(ended)).not.toBe(3);
  });

  test('what was known then is never rewritten; what is known now is', async () => {
    const world = await twoCustomers();
    await close(world, noonOf(first));
    await close(world, midnight);
    const then = await blocks(world);
    const now = midnight + hour;
    await world.send('tickets', [ticket('late', 'a', noonOf(first))], now);
    await world.rows(sql`update workspaces set day_closed = ${toIso(first - 1)} where id = ${world.workspaceId}`);
    expect(await close(world, now)).toBe(true);
    expect(await blocks(world)).toEqual(then);
    await refill(world, now);
    expect((await blocks(world)).filter((b) => b.reading === 'then')).toEqual(then);
    const accountId = await world.accountId('a');
    const opened = async (prefer: 'then' | 'now') =>
      fromSlots((await history(world, accountId, prefer)).find((row) => row.day === first)!.slots)['support.open_high'];
    expect([await opened('then'), await opened('now')]).toEqual([1, 2]);
  });

  test('of two that close it at once, one does', async () => {
    const world = await twoCustomers();
    await close(world, noonOf(first));
    const outcomes = await Promise.all([close(world, midnight), close(world, midnight), close(world, midnight)]);
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect((await blocks(world)).length).toBe(3);
  });

  test('days that were missed are filled in as known now', async () => {
    const world = await twoCustomers();
    await close(world, noonOf(first));
    await close(world, midnight);
    expect(await stale(world)).toEqual([{ n: 2 }]); // facts of the past came in at the start
    await refill(world, midnight);
    const later = midnight + 4 * 24 * hour;
    expect(await close(world, later)).toBe(true);
    expect(await stale(world)).toEqual([{ n: 3 }]);
    await refill(world, later);
    const rows = await history(world, await world.accountId('a'), 'then');
    const readings = rows.filter((row) => row.day >= first).map((row) => [row.day - first, row.reading]);
    expect(readings).toEqual([
      [0, 'then'],
      [1, 'now'],
      [2, 'now'],
      [3, 'now'],
      [4, 'then'],
    ]);
  });
});

describe('the past of an account', () => {
  test('is, day by day, what its facts say', async () => {
    const world = await twoCustomers();
    const now = noonOf(first);
    const events = Array.from({ length: 60 }, (_, i) => ({
      account: 'a',
      contact: String(i % 3),
      event: 'Opened',
      at: new Date(now - (i * 37 + 1) * hour).toISOString(),
    }));
    await world.send('events', events, now);
    await refill(world, now);
    const accountId = await world.accountId('a');
    const rows = await history(world, accountId, 'now');
    expect([rows[0]!.day, rows.at(-1)!.day]).toEqual([fromIso('2025-12-27'), first - 1]);
    await world.inside(async (tx) => {
      const settings = await loadSettings(tx, world.workspaceId);
      const families = Object.keys(FAMILY_SOURCES) as (keyof typeof FAMILY_SOURCES)[];
      const range = { families, fromDay: rows[0]!.day, toDay: first };
      const facts = (await loadFacts(tx, settings, [accountId], range)).get(accountId)!;
      for (const row of rows) {
        const values = computeSignals(facts, asOfDay(row.day, zone), settings);
        expect([row.day, factual(fromSlots(row.slots))]).toEqual([row.day, factual(values)]);
      }
    });
    const [state] = await world.rows<{ score: number; change_7d: number }>(
      sql`select score, change_7d from account_states where account_id = ${accountId}`,
    );
    const weekAgo = rows.find((row) => row.day === first - 7)!;
    expect(state!.change_7d).toBeCloseTo(state!.score - weekAgo.score!, 9);
  });

  test('the book of past days is that of the pasts, some time later', async () => {
    const world = await twoCustomers();
    const now = noonOf(first);
    await refill(world, now);
    expect(await book(world, first - 1)).toEqual([]);
    expect(await refreshBook(database.pool, world.workspaceId, now, { patient: true })).toBe(true);
    const sum = (await book(world, first - 1)).reduce((all, row) => all + row.arr_minor, 0);
    expect(sum).toBe(12 * 35_000);
    expect(await book(world, fromIso('2025-12-31')!)).toEqual([]);
    await world.send('subscriptions', [contract('d', 50)], now);
    await refill(world, now);
    expect(await refreshBook(database.pool, world.workspaceId, now, { patient: true })).toBe(false);
    expect(await refreshBook(database.pool, world.workspaceId, now, { patient: false })).toBe(true);
    expect((await book(world, first - 1)).reduce((all, row) => all + row.arr_minor, 0)).toBe(12 * 40_000);
    expect(await refreshBook(database.pool, world.workspaceId, now, { patient: false })).toBe(false);
  });

  test.each([
    ['contacts', { id: 'p', email: 'p@only.example', roles: 'champion', since: '2026-03-01' }, fromIso('2026-03-01')!],
    ['accounts', { arr: 1200 }, first],
  ] as const)('begins with the first fact, whatever its kind: %s alone', async (kind, fact, day) => {
    const world = await createWorld(database.pool, zone);
    await world.send(kind, [{ account: 'only', ...fact }], noonOf(first));
    const accountId = await world.accountId('only');
    await world.inside((tx) => markAllHistories(tx, world.workspaceId));
    await refill(world, noonOf(first + 3));
    expect((await history(world, accountId, 'now'))[0]?.day).toBe(day);
  });

  test('holds what each rule would have opened, counted by itself or with the rest: nothing once the customer had left', async () => {
    const world = await createWorld(database.pool, zone);
    const daysAgo = (days: number) => toIso(first - days);
    const lines = [
      { ...contract('left', 100), start: daysAgo(400), end: daysAgo(100) },
      { ...contract('came-back', 100), start: daysAgo(400), end: daysAgo(200) },
      { ...contract('came-back', 100), id: 'again', start: daysAgo(60) },
      { ...contract('stays', 100), start: daysAgo(400) },
    ];
    await world.send('subscriptions', lines, noonOf(first));
    const accounts = ['left', 'came-back', 'stays'];
    const events = accounts.flatMap((account) =>
      [300, 260, 130, 90].map((days) => ({ account, contact: 'p', event: 'Opened', at: `${daysAgo(days)}T12:00:00Z` })),
    );
    await world.send('events', events, noonOf(first));
    await refill(world, noonOf(first));
    const replays = () =>
      world.rows<{ opened: number }>(sql`select account_id, rule_key, first - opened_day as opened, resolved_day::text
        from risk_replays, (select ${toIso(first)}::date as first) f
        where workspace_id = ${world.workspaceId} and rule_key = 'gone-quiet' order by 1, 3 desc`);
    const withTheRest = await replays();
    expect(withTheRest.map(({ opened }) => opened)).toEqual([279, 239, 109, 279, 239, 60, 279, 239, 109, 69]);
    await riskWorks[0]!.run({
      ...{ pool: database.pool, workspaceId: world.workspaceId, detail: { rule: 'gone-quiet' }, log },
      ...{ progress: async () => undefined, signal: new AbortController().signal },
    });
    expect(await replays()).toEqual(withTheRest);
  });

  test('that cannot be computed rests; the others are filled in', async () => {
    const world = await twoCustomers();
    const bad = await world.accountId('a');
    await database.pool.query(`alter table account_histories add constraint test_poison check (account_id <> ${bad})`);
    await refill(world, noonOf(first));
    expect(new Set((await blocks(world)).map((b) => b.account_id))).toEqual(new Set([await world.accountId('b')]));
    await database.pool.query('alter table account_histories drop constraint test_poison');
    await refill(world, noonOf(first));
    expect(await history(world, bad, 'now')).toEqual([]);
    await world.send('tickets', [ticket('next', 'a', noonOf(first) - 50 * hour)], noonOf(first));
    await refill(world, noonOf(first));
    expect(await history(world, bad, 'now')).not.toEqual([]);
  });
});

describe('time alone', () => {
  test('an override ends by itself', async () => {
    const world = await twoCustomers();
    const accountId = await world.accountId('a');
    const now = noonOf(first);
    await world.rows(sql`insert into score_overrides (workspace_id, account_id, scorecard_id, score, reason, until, by_name, created_at)
      select ${world.workspaceId}, ${accountId}, scorecard_id, 3, 'a reason', to_timestamp(${now / 1000 + 60}), 'Mia', to_timestamp(${now / 1000})
      from account_states where account_id = ${accountId}`);
    await world.rows(
      sql`insert into dirty_accounts (workspace_id, account_id, families) values (${world.workspaceId}, ${accountId}, 2048)`,
    );
    const overridden = async () =>
      (
        await world.rows<{ overridden: boolean }>(
          sql`select overridden from account_states where account_id = ${accountId}`,
        )
      )[0]!.overridden;
    await world.judge(now);
    expect(await overridden()).toBe(true);
    for (const [at, expected] of [
      [now + 59_000, true],
      [now + 60_000, false],
    ] as const) {
      await tick(database.pool, world.workspaceId, at);
      await world.judge(at);
      expect(await overridden()).toBe(expected);
    }
  });

  test('a severe ticket that stays open is noticed within the hour', async () => {
    const world = await twoCustomers();
    const accountId = await world.accountId('a');
    const openHours = async () => (await storedSignals(world)).get(accountId)!['support.severe_open_hours'];
    const now = noonOf(first);
    await close(world, now);
    await world.judge(now);
    expect(await openHours()).toBe(1);
    for (let minutes = 0; minutes <= 60; minutes += 5) {
      await tick(database.pool, world.workspaceId, now + minutes * 60_000);
      await world.judge(now + minutes * 60_000);
    }
    expect(await openHours()).toBe(2);
  });
});
