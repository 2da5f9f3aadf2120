import { beforeEach, expect, test } from 'vitest';
import * as contract from '#contracts/contacts.ts';
import { ingestEvents, rebuildStaleUsage } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createContact, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { type ContactRef, resolveContacts } from './index.ts';
import { peopleRoutes } from './routes.ts';

const database = testDatabase();
const at = Date.parse('2026-01-10T00:00:00Z');
const dayMs = 86_400_000;
let workspaceId: number;
let acme: number;
let globex: number;
let ask: Ask;
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inside(database.pool, workspaceId, work);
const run = (text: string, ...values: unknown[]) => inTx((tx) => tx.run({ text, values: [workspaceId, ...values] }));

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  acme = await inTx((tx) => createAccount(tx, workspaceId, { name: 'Acme' }));
  globex = await inTx((tx) => createAccount(tx, workspaceId, { name: 'Globex' }));
  ask = createApi(database.pool, peopleRoutes, keyActor(workspaceId));
});

async function make(wish: Partial<ContactRef>): Promise<number> {
  const ref = { source: 'telemetry', accountId: null, at, isUser: true, ...wish };
  return (await inTx((tx) => resolveContacts(tx, workspaceId, [ref], { create: true })))[0]!.id;
}
const merge = (keptId: number, otherId: number) =>
  ask(contract.mergeContacts, { params: { id: keptId }, body: { otherId } });
const takeApart = (id: number) => ask(contract.undoContactMerge, { params: { id } });

/** A ticket and a role there, and an event on each of the days after `at`. */
async function giveHistory(contactId: number, accountId: number, role: string, ...days: number[]): Promise<void> {
  await run(
    `insert into contact_roles (workspace_id, account_id, contact_id, role, from_at) values ($1, $2, $3, $4, '2026-01-02')`,
    accountId,
    contactId,
    role,
  );
  await run(
    `insert into tickets (workspace_id, account_id, contact_id, source, external_id, opened_at)
      values ($1, $2, $3::bigint, 'desk', $3::text, '2026-01-05')`,
    accountId,
    contactId,
  );
  const { id: name } = await inTx((tx) =>
    tx.one<{ id: number }>({
      text: `insert into event_names (workspace_id, kind, name) values ($1, 'track', 'Opened')
        on conflict (workspace_id, kind, name) do update set name = excluded.name returning id`,
      values: [workspaceId],
    }),
  );
  const events = days.map((day) => ({
    at: at + day * dayMs,
    messageId: crypto.randomUUID(),
    ...{ accountId, contactId, eventNameId: name, kind: 'track' as const, reference: null, properties: null },
  }));
  await inTx((tx) => ingestEvents(tx, workspaceId, events, at + 30 * dayMs));
}

/** All that names a person, and the users of each day as they are counted. */
async function everything() {
  const read = (text: string) => inTx((tx) => tx.many<object>({ text, values: [workspaceId] }));
  while ((await rebuildStaleUsage(database.pool, workspaceId, 10, at + 30 * dayMs)) > 0);
  return {
    contacts: await read(`select id, account_id, account_at, name, email, title, is_user, since, attributes, merged_into
      from contacts where workspace_id = $1 order by id`),
    ids: await read('select source, external_id, contact_id from contact_ids where workspace_id = $1 order by 1, 2'),
    memberships: await read(`select contact_id, account_id, from_at, to_at from contact_accounts
      where workspace_id = $1 order by 1, 2, 3`),
    roles: await read(
      'select contact_id, account_id, role from contact_roles where workspace_id = $1 order by 1, 2, 3',
    ),
    tickets: await read('select id, contact_id from tickets where workspace_id = $1 order by id'),
    events: await read(
      'select message_id, contact_id, own_contact_id from events where workspace_id = $1 order by ts, 1',
    ),
    users: await read('select account_id, day, users from usage_days where workspace_id = $1 order by 1, 2'),
  };
}

test('two contacts become one with both histories, and two again as if nothing had been', async () => {
  const kept = await make({ externalId: 'u1', email: 'jo@acme.example', accountId: acme, traits: { plan: 'pro' } });
  const other = await make({
    ...{ externalId: 'old', email: 'jo.old@acme.example', name: 'Jo', accountId: acme, at: at - dayMs },
    traits: { plan: 'free', size: 3 },
  });
  await giveHistory(kept, acme, 'champion', 1, 2);
  await giveHistory(other, acme, 'admin', 2, 3);
  const before = await everything();
  expect(before.users).toMatchObject([{ users: 1 }, { users: 2 }, { users: 1 }]);

  const { mergeId, contact } = await merge(kept, other);
  expect(contact).toMatchObject({ id: kept, name: 'Jo', email: 'jo@acme.example', roles: ['champion', 'admin'] });
  const merged = await everything();
  expect(merged.users).toMatchObject([{ users: 1 }, { users: 1 }, { users: 1 }]);
  for (const rows of [merged.ids, merged.tickets, merged.events, merged.roles])
    expect(rows.map((row) => (row as { contact_id: number }).contact_id)).not.toContain(other);
  expect(merged.contacts[0]).toMatchObject({ attributes: { plan: 'pro', size: 3 }, since: new Date(at - dayMs) });
  expect((await ask(contract.listContactMerges, {})).items).toMatchObject([
    { id: mergeId, keptName: 'jo@acme.example', mergedName: 'Jo', accountName: 'Acme', undoneAt: null },
  ]);

  await takeApart(mergeId);
  expect(await everything()).toEqual(before);
  expect((await ask(contract.listContactMerges, {})).items[0]!.undoneAt).not.toBeNull();
});

test('facts that name the merged one, by id or by address, are of the one who was kept', async () => {
  const kept = await make({ externalId: 'u1', email: 'jo@acme.example', accountId: acme });
  const other = await make({ externalId: 'old', email: 'old@acme.example', accountId: acme });
  const third = await make({ externalId: 'older', email: 'older@acme.example', accountId: acme });
  await merge(other, third);
  const { mergeId } = await merge(kept, other);
  const named = () =>
    Promise.all([
      make({ email: 'old@acme.example' }),
      make({ email: 'older@acme.example' }),
      make({ externalId: 'older' }),
    ]);
  expect(await named()).toEqual([kept, kept, kept]);
  await takeApart(mergeId);
  expect(await named()).toEqual([other, other, other]);
});

test('what was said since the merge stays when it is taken apart', async () => {
  const kept = await make({ externalId: 'u1', accountId: acme });
  const other = await make({ externalId: 'old', name: 'Jo Old', accountId: globex });
  const { mergeId } = await merge(kept, other);
  await make({ externalId: 'u1', name: 'Jo New', accountId: acme, at: at + dayMs });
  await takeApart(mergeId);
  expect((await everything()).contacts).toMatchObject([
    { id: kept, name: 'Jo New', account_id: acme, merged_into: null },
    { id: other, name: 'Jo Old', account_id: globex, merged_into: null },
  ]);
});

test.each([
  ['a contact with itself', 'kept', 400],
  ['one that is not there', 999_999, 404],
  ['one of another workspace', 'stranger', 404],
  ['one that is merged already', 'merged', 409],
] as const)('%s is refused', async (_name, which, status) => {
  const [kept, third, gone] = [
    await make({ externalId: 'a' }),
    await make({ externalId: 'b' }),
    await make({ externalId: 'c' }),
  ];
  await merge(third, gone);
  const elsewhere = await createWorkspace(database.pool);
  const stranger = await inside(database.pool, elsewhere, async (tx) =>
    createContact(tx, elsewhere, await createAccount(tx, elsewhere), {}),
  );
  const ids = { kept, stranger, merged: gone };
  expect((await refusalOf(merge(kept, typeof which === 'number' ? which : ids[which]))).status).toBe(status);
});

test('a merge that is unknown, old, undone, or below a later one is not undone', async () => {
  const [a, b, c] = [await make({ externalId: 'a' }), await make({ externalId: 'b' }), await make({ externalId: 'c' })];
  expect((await refusalOf(takeApart(999_999))).status).toBe(404);
  const { mergeId } = await merge(b, c);
  const later = await merge(a, b);
  expect((await refusalOf(takeApart(mergeId))).detail).toContain('merged into another one since');
  await takeApart(later.mergeId);
  expect((await refusalOf(takeApart(later.mergeId))).status).toBe(409);
  await run(`update contact_merges set at = now() - interval '31 days' where workspace_id = $1`);
  expect((await refusalOf(takeApart(mergeId))).detail).toContain('30 days');
});
