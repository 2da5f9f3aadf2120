import sql from 'sql-template-tag';
import { beforeEach, describe, expect, it } from 'vitest';
import * as contract from '#contracts/contacts.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createContact, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { peopleRoutes } from './routes.ts';

const database = testDatabase();
let workspaceId: number;
let account: number;
let ask: Ask;

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  account = await inside(database.pool, workspaceId, (tx) => createAccount(tx, workspaceId));
  ask = createApi(database.pool, peopleRoutes, keyActor(workspaceId));
});

const add = (body: Parameters<typeof ask<typeof contract.saveContact>>[1]['body']) =>
  ask(contract.saveContact, { params: { id: account }, body });
const rolesKept = () =>
  inside(database.pool, workspaceId, (tx) =>
    tx.many(sql`select role, to_at is not null as ended from contact_roles where workspace_id = ${workspaceId}
      order by from_at, role`),
  );

describe('people of an account', () => {
  it('are listed by the weight of their roles, those who left last of their group, page by page', async () => {
    const zoe = await add({ name: 'Zoe', roles: ['champion', 'admin'] });
    const ann = await add({ name: 'Ann', roles: [] });
    const bob = await add({ name: 'Bob', roles: ['decision_maker'] });
    const eva = await add({ name: 'Éva', roles: [] });
    const ada = await add({ name: 'Ada', roles: [] });
    await ask(contract.updateContact, { params: { id: ada.id }, body: { left: true } });
    const expected = [zoe, bob, ann, eva, ada].map(({ name }) => name);
    const whole = await ask(contract.listContacts, { params: { id: account }, query: {} });
    expect(whole.items.map(({ name }) => name)).toEqual(expected);
    expect(whole).toMatchObject({ total: 5, nextCursor: null });
    const paged: (string | null)[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await ask(contract.listContacts, { params: { id: account }, query: { limit: 2, cursor } });
      expect(page.total).toBe(5);
      paged.push(...page.items.map(({ name }) => name));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(expected);
  });

  it('show the last day on which they used the product', async () => {
    const id = await inside(database.pool, workspaceId, async (tx) => {
      const contact = await createContact(tx, workspaceId, account, { isUser: true });
      for (const [month, days] of [
        ['2026-02-01', 1],
        ['2026-01-01', 0b101],
      ] as const) {
        await tx.run(sql`insert into usage_users (workspace_id, account_id, month, contact_id, active_days)
          values (${workspaceId}, ${account}, ${month}, ${contact}, ${days})`);
      }
      await tx.run(sql`insert into usage_users (workspace_id, account_id, month, contact_id, active_days)
        values (${workspaceId}, ${account}, '2026-03-01', ${contact}, ${(1 << 30) | 2})`);
      return contact;
    });
    const { items } = await ask(contract.listContacts, { params: { id: account }, query: {} });
    expect(items).toMatchObject([{ id, isUser: true, lastSeenDay: '2026-03-31' }]);
  });

  it('keep the history of their roles', async () => {
    const { id } = await add({ name: 'Zoe', email: 'Zoe@New.example', title: 'CTO', roles: ['champion', 'admin'] });
    const changed = await ask(contract.updateContact, {
      params: { id },
      body: { roles: ['admin', 'billing'], title: null },
    });
    expect(changed).toMatchObject({ name: 'Zoe', email: 'zoe@new.example', title: null, roles: ['admin', 'billing'] });
    expect(await rolesKept()).toEqual([
      { role: 'admin', ended: false },
      { role: 'champion', ended: true },
      { role: 'billing', ended: false },
    ]);
  });

  it('leave once and can come back', async () => {
    const { id } = await add({ name: 'Zoe', roles: [] });
    const { leftAt } = await ask(contract.updateContact, { params: { id }, body: { left: true } });
    expect(leftAt).not.toBeNull();
    expect((await ask(contract.updateContact, { params: { id }, body: { left: true, name: 'Z' } })).leftAt).toBe(
      leftAt,
    );
    expect((await ask(contract.updateContact, { params: { id }, body: { left: false } })).leftAt).toBeNull();
  });

  it('change the past of their account from the day they had left, when they come back', async () => {
    const { id } = await add({ name: 'Zoe', roles: ['champion'] });
    await inside(database.pool, workspaceId, async (tx) => {
      await tx.run(sql`update contacts set left_at = '2026-01-10T12:00:00Z' where workspace_id = ${workspaceId}`);
      await tx.run(sql`delete from dirty_accounts where workspace_id = ${workspaceId}`);
    });
    await ask(contract.updateContact, { params: { id }, body: { left: false } });
    const from = await inside(database.pool, workspaceId, (tx) =>
      tx.many(sql`select history_from::text as day from dirty_accounts where workspace_id = ${workspaceId}`),
    );
    expect(from).toEqual([{ day: '2026-01-10' }]);
  });

  it('mark their account dirty', async () => {
    await add({ name: 'Zoe', roles: ['champion'] });
    const dirty = await inside(database.pool, workspaceId, (tx) =>
      tx.many(sql`select account_id from dirty_accounts where workspace_id = ${workspaceId}`),
    );
    expect(dirty).toEqual([{ account_id: account }]);
  });

  it('are refused where they cannot be', async () => {
    await add({ name: 'Zoe', email: 'zoe@new.example' });
    const twice = await refusalOf(add({ name: 'Other', email: 'ZOE@new.example' }));
    expect([twice.status, twice.errors?.[0]?.path]).toEqual([409, 'email']);
    const nowhere = await refusalOf(ask(contract.saveContact, { params: { id: 999_999 }, body: { name: 'A' } }));
    expect(nowhere.status).toBe(404);
    expect((await refusalOf(ask(contract.updateContact, { params: { id: 999_999 }, body: {} }))).status).toBe(404);
    const role = await refusalOf(add({ name: 'A', roles: ['king' as never] }));
    expect([role.status, role.errors?.[0]?.path]).toEqual([400, 'roles[0]']);
    const cursor = { params: { id: account }, query: { cursor: 'x' } };
    expect((await refusalOf(ask(contract.listContacts, cursor))).errors?.[0]?.path).toBe('cursor');
  });

  it('of another workspace are not there', async () => {
    const { id } = await add({ name: 'Zoe' });
    const other = createApi(database.pool, peopleRoutes, keyActor(await createWorkspace(database.pool)));
    expect((await refusalOf(other(contract.updateContact, { params: { id }, body: { name: 'x' } }))).status).toBe(404);
    expect((await refusalOf(other(contract.listContacts, { params: { id: account }, query: {} }))).status).toBe(404);
  });
});
