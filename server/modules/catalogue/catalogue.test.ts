import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { factContext, storeFacts } from '#server/modules/facts/index.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount } from '#server/testing/factories.ts';
import { testServer } from '#server/testing/server.ts';

const database = testDatabase();
const server = testServer(database);
const now = Date.parse('2026-11-10T12:00:00Z');

test('the facts behind a signal are told in the singular and the plural', async () => {
  const { id, as } = await server.newWorkspace('facts');
  const event = (contact: string, at: string) => ({ account: 'a', contact, event: 'Opened', at });
  const accountId = await transaction(database.pool, id, async (tx) => {
    const context = await factContext(tx, id, { source: 'file', createAccounts: true, now });
    await storeFacts(tx, context, 'events', [
      event('u1', '2026-11-08T08:00:00Z'),
      event('u1', '2026-11-09T08:00:00Z'),
      event('u2', '2026-11-09T09:00:00Z'),
    ]);
    const line = { account: 'a', product: 'Core', start: '2026-01-01', mrr: 10, unit: 'users' };
    await storeFacts(tx, context, 'subscriptions', [
      { ...line, id: '1', quantity: 1 },
      { ...line, id: '2', quantity: 2 },
    ]);
    return (await tx.one<{ id: number }>(sql`select id from accounts where workspace_id = ${id}`)).id;
  });
  const facts = async (key: string) =>
    (await (await as.viewer('GET', `/accounts/${accountId}/signals/${key}/facts`)).json()).items as {
      title: string;
      detail: string;
    }[];
  expect(await facts('usage.active_users_30d')).toMatchObject([
    { title: '2 events by 2 users', detail: '2 sessions' },
    { title: '1 event by 1 user', detail: '1 session' },
  ]);
  const details = (await facts('contract.mrr')).map(({ detail }) => detail.split(',')[0]);
  expect(details.sort()).toEqual(['1 user', '2 users']);
});

test('the past of a signal of one’s own is filled in when it reads something else, not when it is called otherwise', async () => {
  const { id, as } = await server.newWorkspace('custom');
  const accountId = await transaction(database.pool, id, (tx) => createAccount(tx, id));
  /** What is filled in: the one signal, or everything where judgements read it. */
  const filling = () =>
    transaction(database.pool, id, async (tx) => {
      const works = await tx.many(sql`delete from long_works where workspace_id = ${id} and kind = 'custom-past'
        and detail = '{"key":"custom.exports"}' returning id`);
      const accounts = await tx.many<{ account_id: number }>(
        sql`delete from stale_histories where workspace_id = ${id} returning account_id`,
      );
      return { works: works.length, accounts: accounts.map((row) => row.account_id) };
    });
  const definition = { kind: 'events', title: 'Exports', aggregate: 'count', event: 'Export', windowDays: 30 };
  const put = async (change: object) => {
    const response = await as.ops('PUT', '/signals/custom/custom.exports', { body: { ...definition, ...change } });
    expect(response.status).toBe(200);
    return filling();
  };
  const [nothing, own, everything] = [
    { works: 0, accounts: [] },
    { works: 1, accounts: [] },
    { works: 0, accounts: [accountId] },
  ];
  expect(await put({})).toEqual(own);
  expect(await put({})).toEqual(nothing);
  expect(await put({ title: 'Exported files', unit: 'files', higherIsBetter: true })).toEqual(nothing);
  expect(await put({ windowDays: 7 })).toEqual(own);
  expect(await put({ windowDays: 7, title: 'Again' })).toEqual(nothing);
  const rule = { title: 'Few exports', conditionText: 'custom.exports < 3', urgency: 'medium', respondWithinHours: 48 };
  const more = { recommendedAction: 'Call', quietDays: 7, cooldownDays: 7, enabled: true };
  const few = await as.ops('PUT', '/risk-rules/few-exports', { body: { ...rule, ...more } });
  expect(few.status).toBe(200);
  expect(await put({ windowDays: 14 })).toEqual(everything);
});

test('a signal is in use where it is scored, judged by, or says for whom a scorecard is', async () => {
  const { id, as } = await server.newWorkspace('used');
  const accountId = await transaction(database.pool, id, async (tx) => {
    const appliesTo = { op: 'gt', signal: 'contract.mrr', value: 0 };
    await tx.run(sql`with card as (insert into scorecards (workspace_id, key, name, live_version)
        values (${id}, 'paying', 'Paying', 1) returning id)
      insert into scorecard_versions (workspace_id, scorecard_id, version, definition)
      select ${id}, id, 1, ${JSON.stringify({ title: 'Paying', appliesTo, components: [], bands: [] })}::jsonb from card`);
    return createAccount(tx, id);
  });
  const { items } = await (await as.viewer('GET', `/accounts/${accountId}/signals`)).json();
  const isUsed = (key: string) => items.find((one: { key: string }) => one.key === key).used;
  const keys = ['usage.stickiness', 'engagement.unanswered', 'contract.mrr', 'growth.departments'];
  expect(keys.map(isUsed)).toEqual([true, true, true, false]);
});
