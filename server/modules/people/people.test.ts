import { beforeEach, describe, expect, test } from 'vitest';
import { readFact } from '#contracts/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside } from '#server/testing/factories.ts';
import { type ContactRef, joinContacts, resolveContacts, storeContacts } from './index.ts';

const database = testDatabase();
const at = Date.parse('2026-01-10T00:00:00Z');
const hour = 3_600_000;
let workspaceId: number;
let acme: number;
let globex: number;
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inside(database.pool, workspaceId, work);

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  acme = await inTx((tx) => createAccount(tx, workspaceId, { name: 'Acme', domains: ['acme.example'] }));
  globex = await inTx((tx) => createAccount(tx, workspaceId, { name: 'Globex', domains: ['globex.example'] }));
});

type Wish = Partial<ContactRef>;
const resolve = (create: boolean, ...wishes: Wish[]) =>
  inTx((tx) =>
    resolveContacts(
      tx,
      workspaceId,
      wishes.map((wish) => ({ source: 'telemetry', accountId: null, at, ...wish })),
      { create },
    ),
  );
const make = async (wish: Wish) => (await resolve(true, wish))[0]!;
const select = (text: string) => inTx((tx) => tx.many<Record<string, unknown>>({ text, values: [] }));
function store(accountId: number | null, row: Record<string, unknown>, now = at) {
  const read = readFact('contacts', row, { timeZone: 'UTC', currency: 'USD', moneyUnit: 'major' });
  if ('reason' in read) throw new Error(read.reason);
  return inTx(async (tx) => (await storeContacts(tx, workspaceId, [read], [accountId], { source: 'crm', now }))[0]);
}

describe('who is meant', () => {
  test('the same id, the same address, either under another source', async () => {
    const jo = await make({ externalId: 'u1', email: 'Jo@Acme.example' });
    expect(await make({ externalId: 'u1' })).toMatchObject({ id: jo.id, accountId: jo.accountId });
    expect(await make({ source: 'zendesk', externalId: '77', email: 'jo@acme.EXAMPLE' })).toMatchObject({
      id: jo.id,
      accountId: jo.accountId,
    });
    expect(await make({ source: 'zendesk', externalId: '77' })).toMatchObject({ id: jo.id, accountId: jo.accountId });
    expect(await make({ source: 'file', externalId: 'u1' })).toMatchObject({ id: jo.id, accountId: jo.accountId });
    expect((await make({ source: 'zendesk', externalId: 'u1' })).id).not.toBe(jo.id);
  });

  test('references that share an id or an address are one new person', async () => {
    const [a, b, c, d] = await resolve(
      true,
      { externalId: 'x' },
      { externalId: 'x', email: 'x@x.example' },
      { email: 'x@x.example' },
      { externalId: 'y' },
    );
    expect([b!.id, c!.id]).toEqual([a!.id, a!.id]);
    expect(d!.id).not.toBe(a!.id);
  });

  test('nobody is made unless asked, and nobody without a name', async () => {
    expect(await resolve(false, { externalId: 'new' })).toEqual([null]);
    expect(await resolve(true, {})).toEqual([null]);
    expect(await select('select 1 from contacts')).toEqual([]);
  });

  test('many transactions that make the same person make one', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => make({ externalId: 'same', accountId: acme })));
    expect(new Set(all.map((one) => one.id)).size).toBe(1);
  });
});

describe('what several say at once is all kept', () => {
  const ten = Array.from({ length: 10 }, (_, n) => n);
  const said = async () => (await select('select attributes, title, opted_out from contacts'))[0]!;

  test('by telemetry', async () => {
    await make({ externalId: 'busy', accountId: acme });
    await Promise.all(ten.map((n) => make({ externalId: 'busy', traits: { [`t${n}`]: n } })));
    expect((await said()).attributes).toEqual(Object.fromEntries(ten.map((n) => [`t${n}`, n])));
  });

  test('by files', async () => {
    await store(acme, { id: 'busy' });
    const rows = ten.map((n) => (n === 5 ? { optedOut: true } : { attributes: { [`t${n}`]: n } }));
    await Promise.all(rows.map((row) => store(acme, { id: 'busy', ...row })));
    expect(Object.keys((await said()).attributes as object)).toHaveLength(9);
    expect((await said()).opted_out).toBe(true);
  });
});

describe('where a person is', () => {
  test('the e-mail domain tells, unless anybody can have an address there', async () => {
    expect((await make({ externalId: 'a', email: 'a@globex.example' })).accountId).toBe(globex);
    expect((await make({ externalId: 'b', email: 'b@gmail.com' })).accountId).toBeNull();
  });

  test('the newest fact decides; an older one only adds a membership', async () => {
    await make({ externalId: 'u', accountId: acme, at });
    expect((await make({ externalId: 'u', accountId: globex, at: at - hour })).accountId).toBe(acme);
    expect((await make({ externalId: 'u', accountId: globex, at: at + hour })).accountId).toBe(globex);
    expect(await select('select account_id, to_at from contact_accounts order by account_id')).toEqual([
      { account_id: acme, to_at: null },
      { account_id: globex, to_at: null },
    ]);
  });

  test('a contact fact under a new account is a move, with its date', async () => {
    await store(acme, { id: 'p', since: '2025-01-01' });
    expect(await store(globex, { id: 'p', since: '2025-06-01' })).toBe('updated');
    expect(
      await select(
        `select account_id, from_at::date::text as from, to_at::date::text as to from contact_accounts order by 2`,
      ),
    ).toEqual([
      { account_id: acme, from: '2025-01-01', to: '2025-06-01' },
      { account_id: globex, from: '2025-06-01', to: null },
    ]);
  });
});

test('a move concerns the account that was left as well', async () => {
  await store(acme, { id: 'p', since: '2025-01-01' });
  await inTx((tx) => tx.run({ text: 'delete from dirty_accounts', values: [] }));
  await store(globex, { id: 'p', since: '2025-06-01' });
  expect(await select('select account_id, history_from::text as from from dirty_accounts order by account_id')).toEqual(
    [
      { account_id: acme, from: '2025-05-31' },
      { account_id: globex, from: '2025-05-31' },
    ],
  );
});

test('roles begin and end, and the same again changes nothing', async () => {
  const roles = () => select(`select role, to_at is null as now from contact_roles order by role`);
  expect(await store(acme, { id: 'p', roles: 'champion;admin' })).toBe('stored');
  expect(await store(acme, { id: 'p', roles: 'champion;admin' }, at + hour)).toBe('duplicate');
  expect(await store(acme, { id: 'p', roles: 'admin;billing' }, at + hour)).toBe('updated');
  expect(await roles()).toEqual([
    { role: 'admin', now: true },
    { role: 'billing', now: true },
    { role: 'champion', now: false },
  ]);
  expect(await store(acme, { id: 'p', title: 'CTO' }, at + hour)).toBe('updated');
  expect((await roles()).filter((role) => role.now)).toHaveLength(2);
});

test('older words about a person only fill gaps', async () => {
  await make({ externalId: 'u', name: 'Jo New', traits: { plan: 'pro' } });
  await make({ externalId: 'u', name: 'Jo Old', title: 'CTO', traits: { plan: 'free', size: 3 }, at: at - hour });
  expect(await select('select name, title, attributes, since from contacts')).toEqual([
    { name: 'Jo New', title: 'CTO', attributes: { plan: 'pro', size: 3 }, since: new Date(at - hour) },
  ]);
});

test('two ids that are one person', async () => {
  const anonymous = await make({ externalId: 'anon', accountId: acme, traits: { ref: 'ad' } });
  const known = await make({ externalId: 'u1', email: 'u1@acme.example', accountId: acme });
  const pairs = [{ userId: 'u1', previousId: 'anon' }];
  await inTx((tx) => joinContacts(tx, workspaceId, 'telemetry', pairs));
  await inTx((tx) => joinContacts(tx, workspaceId, 'telemetry', pairs));
  expect((await make({ externalId: 'anon' })).id).toBe(known.id);
  expect(await select(`select merged_into from contacts where id = ${anonymous.id}`)).toEqual([
    { merged_into: known.id },
  ]);
  expect((await select(`select attributes from contacts where id = ${known.id}`))[0]!.attributes).toEqual({
    ref: 'ad',
  });
});
