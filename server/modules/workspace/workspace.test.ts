import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { refreshFindings } from '#server/modules/findings/index.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { type Caller, testServer } from '#server/testing/server.ts';

const database = testDatabase();
const server = testServer(database);

const works = async (as: Caller) =>
  (await (await as('GET', '/works')).json()).items as { id: number; kind: string; status: string }[];
const kinds = async (as: Caller) => (await works(as)).map((work) => work.kind);
const patch = (as: Caller, body: object) => as('PATCH', '/workspace', { body });

test('today is the day of the time zone of the workspace', async () => {
  const { as } = await server.newWorkspace('today');
  const expected = (zone: string) => Temporal.Now.plainDateISO(zone).toString();
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    expect(await (await patch(as.ops, { timeZone: zone })).json()).toMatchObject({
      timeZone: zone,
      today: expected(zone),
    });
  }
});

test.each([
  ['a new time zone', { timeZone: 'Asia/Tokyo' }, ['recount']],
  ['a new currency', { currency: 'EUR' }, ['rejudge']],
  ['a holiday', { holidays: ['2026-12-25', '2026-12-25'] }, ['rejudge']],
  ['a new name', { name: 'Other' }, []],
  ['what it is already', { timeZone: 'UTC', workingDays: [4, 3, 2, 1, 0] }, []],
  ['both at once', { timeZone: 'Asia/Tokyo', rhythm: 'daily' }, ['recount']],
])('%s queues the work that it makes necessary', async (_, change, expected) => {
  const { as } = await server.newWorkspace('change');
  expect((await patch(as.ops, change)).status).toBe(200);
  expect((await patch(as.ops, change)).status).toBe(200);
  expect(await kinds(as.viewer)).toEqual(expected);
});

test.each([
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ currency: 'euro' }, 'currency'],
  [{ holidays: ['2026-02-30'] }, 'holidays[0]'],
  [{ workingDays: [] }, 'workingDays'],
  [{ workingDays: [7] }, 'workingDays[0]'],
  [{ name: '  ' }, 'name'],
  [{ owner: 'me' }, 'owner'],
])('%o is refused at its place', async (change, path) => {
  const { as } = await server.newWorkspace('refuse');
  const answer = await patch(as.ops, change);
  expect([answer.status, (await answer.json()).errors[0].path]).toEqual([400, path]);
});

test('the change of a setting is in the audit log with before and after', async () => {
  const { as } = await server.newWorkspace('audited');
  await patch(as.ops, { rhythm: 'weekly' });
  const [entry] = (await (await as.admin('GET', '/audit')).json()).items;
  expect(entry).toMatchObject({
    actorName: 'The ops',
    action: 'changed',
    subjectKind: 'workspace',
    detail: { rhythm: { from: 'working_days', to: 'weekly' } },
  });
});

test('the audit log is read page by page and cannot be changed', async () => {
  const { as, id } = await server.newWorkspace('pages');
  for (const name of ['a', 'b', 'c']) await patch(as.ops, { name });
  const seen: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = await (await as.admin('GET', `/audit?limit=2${query}`)).json();
    seen.push(...page.items.map((item: { id: number }) => item.id));
    cursor = page.nextCursor;
  }
  expect(seen).toHaveLength(4);
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  for (const statement of [sql`update audit_log set action = 'x'`, sql`delete from audit_log`]) {
    await expect(transaction(database.pool, id, (tx) => tx.run(statement))).rejects.toThrow('append-only');
  }
  const foreign = await as.admin('GET', '/audit?cursor=bm9uc2Vuc2U');
  expect([foreign.status, (await foreign.json()).errors[0].path]).toEqual([400, 'cursor']);
});

test('exchange rates are replaced as a whole, and two of one day are refused', async () => {
  const { as } = await server.newWorkspace('rates');
  const eur = { currency: 'EUR', day: '2026-01-01', rate: 1.08 };
  const gbp = { currency: 'GBP', day: '2026-01-01', rate: 1.27 };
  const put = (items: object[]) => as.ops('PUT', '/workspace/rates', { body: { items } });
  expect(await (await put([gbp, eur])).json()).toEqual({ items: [eur, gbp], missing: [] });
  expect(await (await put([eur])).json()).toEqual({ items: [eur], missing: [] });
  const twice = await put([eur, gbp, eur]);
  expect([twice.status, (await twice.json()).errors[0].path]).toEqual([400, 'items[2].day']);
  expect((await (await as.viewer('GET', '/workspace/rates')).json()).items).toEqual([eur]);
  expect(await kinds(as.viewer)).toEqual(['rejudge']);
});

test('contracts in a currency without a rate are told until it has one', async () => {
  const { as, id } = await server.newWorkspace('no rate');
  const contract = { account: 'acme', id: 'c1', start: '2026-01-01', mrr: 100, currency: 'CHF' };
  await as.admin('POST', '/facts/accounts', { body: { source: 'crm', items: [{ account: 'acme', name: 'Acme' }] } });
  const sent = await as.admin('POST', '/facts/subscriptions', { body: { source: 'crm', items: [contract] } });
  expect(await sent.json()).toMatchObject({ stored: 1 });
  const missing = [{ currency: 'CHF', contractLines: 1 }];
  expect((await (await as.viewer('GET', '/workspace/rates')).json()).missing).toEqual(missing);
  const found = async () =>
    (await (await as.viewer('GET', '/intake/findings')).json()).items.map((one: { kind: string }) => one.kind);
  await transaction(database.pool, id, (tx) => refreshFindings(tx, id));
  expect(await found()).toEqual(['currency_without_rate']);
  const rate = { currency: 'CHF', day: '2026-01-01', rate: 1.2 };
  const put = await as.ops('PUT', '/workspace/rates', { body: { items: [rate] } });
  expect((await put.json()).missing).toEqual([]);
  expect(await found()).toEqual([]);
});

test('the demo is a workspace of its own for all administrators, made once', async () => {
  const { as, id } = await server.newWorkspace('demo');
  const load = async () => (await (await as.admin('POST', '/demo')).json()).workspaceId;
  const demo = await load();
  expect(demo).not.toBe(id);
  expect(await load()).toBe(demo);
  const chosen = await as.admin('PUT', '/session/workspace', { body: { workspaceId: demo } });
  expect(await chosen.json()).toMatchObject({ workspace: { name: 'Demo', isDemo: true }, role: 'admin' });
});

test('a saved view belongs to its member; a shared one is seen by all and changed by its owner', async () => {
  const { as } = await server.newWorkspace('views');
  const body = { resource: 'accounts', name: 'Red ones', shared: false, state: { sort: 'score' } };
  const { id } = await (await as.csm('POST', '/views', { body })).json();
  const names = async (caller: Caller) =>
    (await (await caller('GET', '/views?resource=accounts')).json()).items.map((v: { name: string }) => v.name);
  expect([await names(as.csm), await names(as.leader)]).toEqual([['Red ones'], []]);
  expect((await as.leader('PATCH', `/views/${id}`, { body: { name: 'Mine' } })).status).toBe(404);
  await as.csm('PATCH', `/views/${id}`, { body: { shared: true } });
  expect(await names(as.leader)).toEqual(['Red ones']);
  expect((await as.leader('DELETE', `/views/${id}`)).status).toBe(404);
  expect((await as.csm('DELETE', `/views/${id}`)).status).toBe(204);
  expect(await names(as.leader)).toEqual([]);
});
