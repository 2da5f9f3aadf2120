import sql from 'sql-template-tag';
import { beforeEach, describe, expect, it } from 'vitest';
import * as contract from '#contracts/signals.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { featureRoutes } from './routes.ts';

const database = testDatabase();
let workspaceId: number;
let opened: number;
let signedIn: number;
let ask: Ask;

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  ask = createApi(database.pool, featureRoutes, keyActor(workspaceId));
  await inside(database.pool, workspaceId, async (tx) => {
    const name = async (text: string) =>
      (
        await tx.one<{ id: number }>(sql`insert into event_names (workspace_id, kind, name)
        values (${workspaceId}, 'track', ${text}) returning id`)
      ).id;
    opened = await name('Report opened');
    signedIn = await name('Signed in');
  });
});

const recounts = async () => {
  const { n } = await inside(database.pool, workspaceId, (tx) =>
    tx.one<{ n: number }>(
      sql`select count(*) as n from long_works where workspace_id = ${workspaceId} and kind = 'recount'`,
    ),
  );
  await inside(database.pool, workspaceId, (tx) =>
    tx.run(sql`delete from long_works where workspace_id = ${workspaceId}`),
  );
  return n;
};
const reports = () => ({ key: 'reports', name: 'Reports', core: true, events: [opened] });

describe('features', () => {
  it('are made, changed and removed, and past use is counted again when the mapping changed', async () => {
    const made = await ask(contract.createFeature, { body: reports() });
    expect(made).toMatchObject({
      key: 'reports',
      core: true,
      advanced: false,
      plans: [],
      events: [opened],
      accountsUsing30d: 0,
    });
    expect(await recounts()).toBe(1);
    const change = (body: object) =>
      ask(contract.updateFeature, { params: { id: made.id }, body: { ...reports(), ...body } });
    expect((await change({ name: 'Reporting', area: 'Insight' })).name).toBe('Reporting');
    expect(await recounts()).toBe(0);
    expect((await change({ events: [signedIn] })).events).toEqual([signedIn]);
    expect(await recounts()).toBe(1);
    await change({ events: [signedIn], plans: ['pro'] });
    expect(await recounts()).toBe(1);
    await ask(contract.deleteFeature, { params: { id: made.id } });
    expect((await ask(contract.listFeatures, {})).items).toEqual([]);
    expect(await recounts()).toBe(1);
  });

  it('say how many accounts use them', async () => {
    const { id } = await ask(contract.createFeature, { body: reports() });
    await inside(database.pool, workspaceId, async (tx) => {
      for (const [age, features] of [
        [0, [id]],
        [29, [id]],
        [30, [id]],
        [-1, [id]],
        [1, []],
      ] as const) {
        const account = await createAccount(tx, workspaceId);
        await tx.run(sql`insert into usage_accounts (workspace_id, account_id, first_day)
          values (${workspaceId}, ${account}, current_date - 60)`);
        await tx.run(sql`insert into usage_days (workspace_id, account_id, day, source, events, feature_events, logins,
            sessions, session_seconds, features, last_at)
          values (${workspaceId}, ${account}, current_date - ${age}::int, 'events', 1, 1, 0, 1, 0, ${features}, now())`);
      }
    });
    expect((await ask(contract.listFeatures, {})).items).toMatchObject([{ id, accountsUsing30d: 2 }]);
  });

  const refused: [string, object, number, string][] = [
    ['a key that is taken', { key: 'taken' }, 409, 'key'],
    ['a key of other letters', { key: 'Ä' }, 400, 'key'],
    ['an event that is not there', { events: [999_999] }, 400, 'events[0]'],
    ['no name', { name: ' ' }, 400, 'name'],
  ];
  it.each(refused)('refuse %s', async (_name, body, status, path) => {
    await ask(contract.createFeature, { body: { ...reports(), key: 'taken' } });
    const problem = await refusalOf(ask(contract.createFeature, { body: { ...reports(), ...body } }));
    expect([problem.status, problem.errors?.[0]?.path]).toEqual([status, path]);
  });

  it('of another workspace are not there, nor are its events', async () => {
    const { id } = await ask(contract.createFeature, { body: reports() });
    const other = createApi(database.pool, featureRoutes, keyActor(await createWorkspace(database.pool)));
    expect((await refusalOf(other(contract.deleteFeature, { params: { id } }))).status).toBe(404);
    const borrowed = await refusalOf(other(contract.createFeature, { body: reports() }));
    expect(borrowed.errors?.[0]?.path).toBe('events[0]');
    expect(
      (await refusalOf(other(contract.updateEventName, { params: { id: opened }, body: { isLogin: true } }))).status,
    ).toBe(404);
  });
});

describe('event names', () => {
  it('are listed by frequency, found by part, and marked as login', async () => {
    await inside(database.pool, workspaceId, async (tx) => {
      const account = await createAccount(tx, workspaceId);
      await tx.run(sql`select ensure_events_partition(date_trunc('month', now())::date),
        ensure_events_partition(date_trunc('month', now() - interval '2 days')::date),
        ensure_events_partition(date_trunc('month', now() - interval '40 days')::date)`);
      const event = (name: number, age: string) =>
        tx.run(sql`insert into events (workspace_id, ts, message_id, account_id,
          event_name_id) values (${workspaceId}, now() - ${age}::interval, gen_random_uuid(), ${account}, ${name})`);
      await event(signedIn, '2 days');
      await event(signedIn, '1 hour');
      await event(opened, '1 hour');
      await event(opened, '40 days');
      // A file may say what lies up to a day ahead: it counts when its day has come.
      await tx.run(sql`insert into usage_counts (workspace_id, account_id, day, event_name_id, count)
        values (${workspaceId}, ${account}, current_date + 1, ${opened}, 9)`);
    });
    await ask(contract.createFeature, { body: reports() });
    await recounts();
    const { items } = await ask(contract.listEventNames, { query: {} });
    expect(items.map(({ name, events30d, features }) => [name, events30d, features.length])).toEqual([
      ['Signed in', 2, 0],
      ['Report opened', 1, 1],
    ]);
    expect((await ask(contract.listEventNames, { query: { q: 'REPORT' } })).items.map(({ id }) => id)).toEqual([
      opened,
    ]);
    expect((await ask(contract.listEventNames, { query: { q: '%' } })).items).toEqual([]);
    const mark = () => ask(contract.updateEventName, { params: { id: signedIn }, body: { isLogin: true } });
    expect(await mark()).toMatchObject({ isLogin: true, events30d: 2 });
    expect(await recounts()).toBe(1);
    await mark();
    expect(await recounts()).toBe(0);
  });
});
