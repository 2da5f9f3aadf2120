import { beforeEach, expect, test } from 'vitest';
import * as contract from '#contracts/contacts.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { keyActor } from '#server/testing/factories.ts';
import { testServer } from '#server/testing/server.ts';
import { createSender, type Sender } from '#server/testing/telemetry.ts';
import { peopleRoutes } from './routes.ts';

const database = testDatabase();
const server = testServer(database);
let sender: Sender;
let ask: Ask;
const person = { userId: 'zz-7781', email: 'Quilla.Vantongeren@acme.example', name: 'Quilla Vantongeren' };
/** as it may stand anywhere */
const traces = ['zz-7781', 'vantongeren', 'quilla'];

const select = <T>(text: string) =>
  transaction(database.pool, sender.workspaceId, (tx) => tx.many<T>({ text, values: [] }));

/** Tables of the workspace that hold a trace of the person in any column. */
async function tablesWithTraces(): Promise<string[]> {
  const tables = await select<{ name: string }>(`select distinct c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE' order by 1`);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await select<{ text: string }>(`select lower(t::text) as text from ${name} t
      where workspace_id = ${sender.workspaceId}`);
    if (rows.some(({ text }) => traces.some((trace) => text.includes(trace)))) found.push(name);
  }
  return found;
}

async function contactId(): Promise<number> {
  const rows = await select<{ contact_id: number }>(
    `select contact_id from contact_ids where external_id = '${person.userId}'`,
  );
  return rows[0]!.contact_id;
}

beforeEach(async () => {
  sender = await createSender(database, server);
  ask = createApi(database.pool, peopleRoutes, keyActor(sender.workspaceId));
  const { userId, email, name } = person;
  const context = { groupId: 'acme' };
  await sender.batch([
    { type: 'group', groupId: 'acme', userId, traits: { name: 'Acme' }, messageId: 'm1' },
    { type: 'identify', userId, traits: { email, name, city: 'Quilla-Stadt' }, messageId: 'm2', context },
    { type: 'track', userId, event: 'Shared', properties: { with: email }, messageId: 'm3', context },
    { type: 'track', userId: 'other', event: 'Shared', properties: { n: 1 }, messageId: 'm4', context },
  ]);
  await sender.post('/v1/track', { userId, event: 'Late', timestamp: '2099-01-01T00:00:00Z', messageId: 'm5' });
});

test('nothing is left of who the person was; what was counted stays', async () => {
  const id = await contactId();
  await ask(contract.updateContact, { params: { id }, body: { title: 'Vantongeren & Sons', roles: ['champion'] } });
  expect(await tablesWithTraces()).toEqual(['contact_ids', 'contacts', 'events', 'rejected_events']);
  const counted = () =>
    select(
      `select d.day, d.events, d.users, (select count(*) from usage_users) as people from usage_days d order by 1`,
    );
  const before = await counted();
  expect(before).toMatchObject([{ users: 2, people: 2 }]);

  await ask(contract.eraseContact, { params: { id } });
  expect(await tablesWithTraces()).toEqual([]);
  expect(await counted()).toEqual(before);
  expect(await select(`select properties from events where properties is not null`)).toEqual([
    { properties: { n: 1 } },
  ]);
  expect(await select(`select action, subject_kind from audit_log order by id desc limit 1`)).toEqual([
    { action: 'erased', subject_kind: 'contact' },
  ]);
});

test('texts lose the full name and the address, and nothing else; what waits is found at any depth and in any case', async () => {
  const id = await contactId();
  const at = '2026-01-05T10:00:00Z';
  const w = sender.workspaceId;
  const [account] = await select<{ id: number }>('select id from accounts');
  await select(`insert into notes (workspace_id, account_id, author_name, body, history) values (${w}, ${account!.id}, 'Mia',
    'Call quilla  VANTONGEREN (Quilla.Vantongeren@acme.example)! Not Quilla Vantongerens.',
    '[{"at": "${at}", "body": "Ask \\"Quilla Vantongeren\\""}]') returning id`);
  await select(`insert into tickets (workspace_id, account_id, source, external_id, subject, opened_at)
    values (${w}, ${account!.id}, 'x', '1', 'Quilla Vantongeren cannot log in', '${at}'),
      (${w}, ${account!.id}, 'x', '2', 'Cannot log in', '${at}') returning id`);
  const waiting = (key: string, payload: object) =>
    select(`insert into unmatched_facts (workspace_id, source, reference, kind, fact_key, payload)
      values (${w}, 'x', 'nobody', 'tickets', '${key}', '${JSON.stringify(payload)}') returning id`);
  await waiting('1', { requester: { emails: ['QUILLA.vantongeren@Acme.example'] } });
  await waiting('2', { list: [{ user: 'zz-7781' }] });
  await waiting('3', { user: 'ZZ-7781', subject: 'Another id, about Quilla Vantongeren' });

  await ask(contract.eraseContact, { params: { id } });
  const [note] = await select<{ body: string; history: { body: string }[] }>('select body, history from notes');
  expect(note).toMatchObject({
    body: 'Call (erased) ((erased))! Not Quilla Vantongerens.',
    history: [{ body: 'Ask "(erased)"' }],
  });
  expect(await select('select subject from tickets order by external_id')).toEqual([
    { subject: '(erased) cannot log in' },
    { subject: 'Cannot log in' },
  ]);
  expect(await select('select payload from unmatched_facts')).toEqual([
    { payload: { user: 'ZZ-7781', subject: 'Another id, about (erased)' } },
  ]);
});

test('the same id later is somebody new', async () => {
  const id = await contactId();
  await ask(contract.eraseContact, { params: { id } });
  await sender.batch([
    { type: 'track', userId: person.userId, event: 'Shared', messageId: 'm6', context: { groupId: 'acme' } },
  ]);
  expect(await contactId()).not.toBe(id);
});

test('an unknown contact → 404', async () => {
  expect((await refusalOf(ask(contract.eraseContact, { params: { id: 999_999 } }))).status).toBe(404);
});
