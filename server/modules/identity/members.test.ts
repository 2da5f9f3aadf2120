import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import type { Permission, Role } from '#contracts/permissions.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { type Caller, password, testServer } from '#server/testing/server.ts';

const database = testDatabase();
const server = testServer(database);

interface Member {
  id: number;
  email: string;
  role: Role;
  status: string;
}
const members = async (as: Caller): Promise<Member[]> => (await (await as('GET', '/members')).json()).items;
const find = async (as: Caller, role: Role) => (await members(as)).find((member) => member.role === role)!;
const tokenOf = (link: string) => new URL(link).searchParams.get('token')!;
const key = async (as: Caller, scopes: Permission[], more = {}) => {
  const answer = await as('POST', '/api-keys', { body: { name: 'a key', scopes, ...more } });
  return { status: answer.status, ...(await answer.json()) };
};
const bearer = (secret: string) => server.caller({ authorization: `Bearer ${secret}` });

test('an invitation is mailed and brings somebody in, once', async () => {
  const { as } = await server.newWorkspace('invite');
  server.mails.length = 0;
  const body = { name: 'New', email: 'New.Person@example.com', role: 'csm' };
  const invited = await (await as.admin('POST', '/members', { body })).json();
  expect(invited).toMatchObject({ mailed: true, member: { email: 'new.person@example.com', status: 'invited' } });
  expect(server.mails[0]).toMatchObject({ to: 'new.person@example.com', text: expect.stringContaining(invited.link) });
  const accept = { token: tokenOf(invited.link), name: 'Newcomer', password: 'a password of mine' };
  const look = async () =>
    (await server.nobody('POST', '/session/link', { body: { purpose: 'invite', token: accept.token } })).json();
  const { name } = body;
  const invitee = { name, email: 'new.person@example.com', workspaceName: 'invite', hasAccount: false };
  expect([await look(), await look()]).toEqual(Array(2).fill({ works: true, invited: invitee }));
  const came = await server.nobody('POST', '/session/invitation', { body: accept });
  expect(came.status).toBe(201);
  expect(await came.json()).toMatchObject({ user: { name: 'Newcomer' }, role: 'csm' });
  expect((await server.nobody('POST', '/session/invitation', { body: accept })).status).toBe(400);
  expect(await look()).toEqual({ works: false, invited: null });
  expect((await as.admin('POST', '/members', { body })).status).toBe(409);
  const entries = (await (await as.admin('GET', '/audit?subjectKind=member')).json()).items;
  expect(entries.map((entry: { action: string; subjectName: string }) => [entry.action, entry.subjectName])).toEqual([
    ['joined', 'Newcomer'],
    ['invited', 'Newcomer'],
  ]);
});

test('who is invited again uses the newest link only', async () => {
  const { as } = await server.newWorkspace('again');
  const body = { name: 'New', email: 'twice@example.com', role: 'csm' };
  const first = await (await as.admin('POST', '/members', { body })).json();
  const second = await (await as.admin('POST', '/members', { body: { ...body, role: 'viewer' } })).json();
  expect(second.member).toMatchObject({ id: first.member.id, role: 'viewer' });
  const accept = (link: string) =>
    server.nobody('POST', '/session/invitation', {
      body: { token: tokenOf(link), name: 'N', password: 'a password of mine' },
    });
  expect((await accept(first.link)).status).toBe(400);
  expect((await accept(second.link)).status).toBe(201);
});

test('an invitation to somebody with an account needs the password of that account', async () => {
  const { as: elsewhere } = await server.newWorkspace('elsewhere');
  const { email } = await find(elsewhere.admin, 'csm');
  const { as } = await server.newWorkspace('joining');
  const { link } = await (
    await as.admin('POST', '/members', { body: { name: 'Guest', email, role: 'viewer' } })
  ).json();
  const accept = (secret: string) =>
    server.nobody('POST', '/session/invitation', { body: { token: tokenOf(link), name: 'Guest', password: secret } });
  const refused = await accept('a password of the inviter');
  expect([refused.status, (await refused.json()).errors[0].path]).toEqual([400, 'password']);
  const accepted = await accept(password);
  expect((await accepted.json()).memberships).toHaveLength(2);
});

test('the last administrator stays one, also when two demote each other at once', async () => {
  const { as } = await server.newWorkspace('last');
  const admin = await find(as.admin, 'admin');
  const patch = (id: number, body: object) => as.admin('PATCH', `/members/${id}`, { body });
  expect((await patch(admin.id, { role: 'viewer' })).status).toBe(409);
  expect((await patch(admin.id, { status: 'disabled' })).status).toBe(409);
  const second = await find(as.admin, 'ops');
  expect((await patch(second.id, { role: 'admin' })).status).toBe(200);
  const both = await Promise.all([patch(admin.id, { role: 'csm' }), patch(second.id, { role: 'csm' })]);
  expect(both.map((answer) => answer.status).filter((status) => status === 200)).toHaveLength(1);
  const left = await database.pool.query(
    `select count(*) from members where role = 'admin' and workspace_id = (select max(id) from workspaces)`,
  );
  expect(left.rows[0].count).toBe(1);
});

test('a disabled member is out at once', async () => {
  const { as } = await server.newWorkspace('disabled');
  expect((await as.viewer('GET', '/views')).status).toBe(200);
  const viewer = await find(as.admin, 'viewer');
  expect((await as.admin('PATCH', `/members/${viewer.id}`, { body: { status: 'disabled' } })).status).toBe(200);
  expect((await as.viewer('GET', '/views')).status).toBe(401);
  expect((await as.admin('PATCH', `/members/${viewer.id}`, { body: { status: 'active' } })).status).toBe(200);
  expect((await as.viewer('GET', '/views')).status).toBe(200);
});

test('a role changed is a role in force at once', async () => {
  const { as } = await server.newWorkspace('role');
  expect((await as.viewer('PATCH', '/workspace', { body: { name: 'X' } })).status).toBe(403);
  const viewer = await find(as.admin, 'viewer');
  await as.admin('PATCH', `/members/${viewer.id}`, { body: { role: 'ops' } });
  expect((await as.viewer('PATCH', '/workspace', { body: { name: 'X' } })).status).toBe(200);
});

test('a reset link of an administrator works, but not for a person of other workspaces', async () => {
  const { as, id } = await server.newWorkspace('resetting');
  const csm = await find(as.admin, 'csm');
  const { link } = await (await as.admin('POST', `/members/${csm.id}/reset-link`)).json();
  const body = { token: tokenOf(link), password: 'a brand new one' };
  expect((await server.nobody('POST', '/session/password-reset/confirm', { body })).status).toBe(204);
  await server.signIn(csm.email, 'a brand new one');
  const { id: other } = await server.newWorkspace('its other one');
  await database.pool.query(
    `insert into members (workspace_id, user_id, name, email, role)
     select $1, user_id, name, email, 'admin' from members where workspace_id = $2 and id = $3`,
    [other, id, csm.id],
  );
  expect((await as.admin('POST', `/members/${csm.id}/reset-link`)).status).toBe(409);
});

test('a member who never signed in gets a link too: one to come in by', async () => {
  const { as, id } = await server.newWorkspace('entered');
  await database.pool.query(
    `insert into members (workspace_id, name, email, role) values ($1, 'Leo', 'leo@entered.example', 'csm')`,
    [id],
  );
  const { items } = await (await as.admin('GET', '/members')).json();
  const leo = items.find((one: { name: string }) => one.name === 'Leo');
  const first = await (await as.admin('POST', `/members/${leo.id}/reset-link`)).json();
  const { link } = await (await as.admin('POST', `/members/${leo.id}/reset-link`)).json();
  const accept = (token: string) =>
    server.nobody('POST', '/session/invitation', { body: { token, name: 'Leo', password: 'a brand new one' } });
  expect((await accept(tokenOf(first.link))).status).toBe(400);
  expect((await accept(tokenOf(link))).status).toBe(201);
  await server.signIn('leo@entered.example', 'a brand new one');
  await as.admin('PATCH', `/members/${leo.id}`, { body: { status: 'disabled' } });
  expect((await as.admin('POST', `/members/${leo.id}/reset-link`)).status).toBe(409);
});

test('an API key does what its scopes say, and is kept as a hash', async () => {
  const { as } = await server.newWorkspace('keys');
  const { secret, apiKey } = await key(as.admin, ['read']);
  const { rows } = await database.pool.query('select * from api_keys where id = $1', [apiKey.id]);
  expect(JSON.stringify(rows)).not.toContain(secret);
  const me = bearer(secret);
  expect((await me('GET', '/views')).status).toBe(200);
  expect((await me('POST', '/write-keys', { body: { name: 'x' } })).status).toBe(403);
  expect(await (await me('GET', '/session')).json()).toMatchObject({ user: null, permissions: ['read'] });
  const listed = (await (await as.admin('GET', '/api-keys')).json()).items[0];
  expect(listed).toMatchObject({ prefix: secret.slice(0, 10), lastUsedAt: expect.any(String) });
  expect((await as.admin('DELETE', `/api-keys/${apiKey.id}`)).status).toBe(204);
  expect((await me('GET', '/views')).status).toBe(401);
});

test('an API key that has expired opens nothing', async () => {
  const { as } = await server.newWorkspace('expiry');
  expect((await key(as.admin, ['read'], { expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
  const { secret, apiKey } = await key(as.admin, ['read'], { expiresAt: '2999-01-01T00:00:00Z' });
  await database.pool.query(`update api_keys set expires_at = now() - interval '1 s' where id = $1`, [apiKey.id]);
  expect((await bearer(secret)('GET', '/views')).status).toBe(401);
});

test('nobody gives more than they have', async () => {
  const { as } = await server.newWorkspace('escalation');
  const me = bearer((await key(as.admin, ['members.manage'])).secret);
  expect((await key(me, ['members.manage', 'settings.manage'])).status).toBe(403);
  expect((await me('POST', '/members', { body: { name: 'x', email: 'x@y.test', role: 'admin' } })).status).toBe(403);
  const { rows } = await database.pool.query(
    `select id from members where role = 'viewer' and workspace_id = (select max(id) from workspaces)`,
  );
  expect((await me('PATCH', `/members/${rows[0].id}`, { body: { role: 'admin' } })).status).toBe(403);
});

test('a key of one workspace sees nothing of another', async () => {
  const one = await server.newWorkspace('mine');
  const two = await server.newWorkspace('theirs');
  const made = await (await two.as.admin('POST', '/write-keys', { body: { name: 'theirs' } })).json();
  const me = bearer((await key(one.as.admin, ['read', 'intake.manage'])).secret);
  expect((await (await me('GET', '/write-keys')).json()).items).toEqual([]);
  expect((await me('DELETE', `/write-keys/${made.id}`)).status).toBe(404);
});

test('a write repeated under one Idempotency-Key happens once; a secret is not kept for the repetition', async () => {
  const { as, id } = await server.newWorkspace('idempotent');
  const send = (name: string) =>
    as.admin('POST', '/write-keys', { body: { name }, headers: { 'idempotency-key': 'abc' } });
  const [first, second] = await Promise.all([send('one'), send('one')]);
  expect(await first.json()).toEqual(await second.json());
  expect((await send('two')).status).toBe(409);
  expect((await (await as.admin('GET', '/write-keys')).json()).items).toHaveLength(1);
  const secretly = () =>
    as.admin('POST', '/api-keys', {
      body: { name: 'k', scopes: ['read'] },
      headers: { 'idempotency-key': 'def' },
    });
  const { secret } = await (await secretly()).json();
  expect((await secretly()).status).toBe(409);
  const kept = await transaction(database.pool, id, (tx) => tx.many(sql`select * from idempotency_keys`));
  expect(kept).toHaveLength(2);
  expect(JSON.stringify(kept)).not.toContain(secret);
});
