import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { dayOf } from '#core/calendar/day.ts';
import { type DayRecord, toSlots, writeHistories } from '#server/modules/signals/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { createJsonApi } from '#server/testing/json-api.ts';
import { healthRoutes, refreshReaches, seedHealth } from './index.ts';

const database = testDatabase();
const now = Date.now();
const today = dayOf(now, 'UTC');
const hours = 3_600_000;

const record = (day: number, stickiness: number): DayRecord => ({
  ...{ day, slots: toSlots({ 'usage.stickiness': stickiness }), custom: {}, score: null, band: null, coverage: 0 },
  ...{ scorecardId: null, version: null, riskLevel: 0 },
});

test('advice says how often accounts here came that far, once their pasts are known, and again when they change', async () => {
  const workspace = await createWorkspace(database.pool);
  const api = createJsonApi(database.pool, healthRoutes, keyActor(workspace));
  const run = (text: ReturnType<typeof sql>) => inside(database.pool, workspace, (tx) => tx.many<never>(text));
  const count = (at: number) => refreshReaches(database.pool, workspace, at);
  /** Low for 91 days, of which the last one is as given. */
  const past = (id: number, last: number) =>
    inside(database.pool, workspace, (tx) => {
      const records = Array.from({ length: 91 }, (_, i) => record(today - 91 + i, i === 90 ? last : 0.2));
      return writeHistories(tx, workspace, 'now', [{ accountId: id, records }]);
    });
  await inside(database.pool, workspace, (tx) => seedHealth(tx, workspace));
  const ids: number[] = [];
  for (let i = 0; i < 20; i++) {
    const state = { signals: { 'usage.stickiness': 0.2, 'adoption.core_ratio': 0.6 } };
    const id = await inside(database.pool, workspace, (tx) => createAccount(tx, workspace, { name: `a${i}`, state }));
    ids.push(id);
    await past(id, i < 5 ? 0.4 : 0.3);
  }
  const advice = async () => {
    const { body } = await api('GET', `/accounts/${ids[0]}/health`);
    return body.recommendations.find(({ key }: { key: string }) => key === 'usage.stickiness').likelihood;
  };

  expect(await advice()).toBeNull();
  await run(
    sql`insert into stale_histories (workspace_id, account_id, from_day) values (${workspace}, ${ids[0]}, '2020-01-01')`,
  );
  expect(await count(now)).toBe(false);
  await run(sql`delete from stale_histories`);
  await run(
    sql`insert into long_works (workspace_id, kind, title, status) values (${workspace}, 'demo', 'x', 'running')`,
  );
  expect(await count(now)).toBe(false);
  await run(sql`delete from long_works`);
  expect(await count(now)).toBe(true);
  expect(await advice()).toEqual({ share: 0.25, chances: 20 });

  await past(ids[19]!, 0.5);
  expect(await count(now + 23 * hours)).toBe(false);
  expect(await advice()).toEqual({ share: 0.25, chances: 20 });
  expect(await count(now + 25 * hours)).toBe(true);
  expect(await advice()).toEqual({ share: 0.3, chances: 20 });
  await run(sql`insert into long_works (workspace_id, kind, title, status, finished_at)
    values (${workspace}, 'backfill', 'x', 'done', to_timestamp(${(now + 26 * hours) / 1000}))`);
  expect(await count(now + 27 * hours)).toBe(true);
  expect(await count(now + 28 * hours)).toBe(false);
});
