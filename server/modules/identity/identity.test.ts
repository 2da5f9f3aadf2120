import { describe, expect, test } from 'vitest';
import { createResetLink, createSetupLink } from '#server/modules/identity/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { cookiesOf, password, type TestWorkspace, testServer } from '#server/testing/server.ts';

const setupBody = {
  name: 'Ann',
  email: 'Ann@Example.com',
  password: 'a long enough one',
  workspaceName: 'Acme',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
};
const tokenOf = (link: string | null) => new URL(link!).searchParams.get('token')!;

describe('the first administrator', () => {
  const database = testDatabase();
  const server = testServer(database);

  test('is made with the newest printed link, once', async () => {
    const { nobody, origin } = server;
    expect(await (await nobody('GET', '/setup')).json()).toEqual({ needed: true, mailConfigured: true });
    const older = tokenOf(await createSetupLink(database.pool, origin));
    const newest = tokenOf(await createSetupLink(database.pool, origin));
    for (const token of ['wrong', older]) {
      const refused = await nobody('POST', '/setup', { body: { ...setupBody, token } });
      expect([refused.status, (await refused.json()).errors[0].path]).toEqual([400, 'token']);
    }
    const isOpen = async (token: string) =>
      (await (await nobody('POST', '/session/link', { body: { purpose: 'setup', token } })).json()).works;
    expect([await isOpen(newest), await isOpen('nonsense')]).toEqual([true, false]);
    const made = await nobody('POST', '/setup', { body: { ...setupBody, token: newest, demo: true } });
    expect(await isOpen(newest)).toBe(false);
    expect(made.status).toBe(201);
    const session = await made.json();
    expect(session.user).toEqual({ name: 'Ann', email: 'ann@example.com' });
    expect(session.workspace).toMatchObject({ name: 'Demo', isDemo: true });
    expect(session.memberships.map((m: { workspaceName: string }) => m.workspaceName)).toEqual(['Demo', 'Acme']);
    const works = await nobody('GET', '/works', { headers: { cookie: cookiesOf(made) } });
    expect((await works.json()).items).toMatchObject([{ kind: 'demo', status: 'queued' }]);
    const again = await nobody('POST', '/setup', { body: { ...setupBody, token: newest } });
    expect(again.status).toBe(409);
    expect(await createSetupLink(database.pool, origin)).toBeNull();
    expect((await (await nobody('GET', '/setup')).json()).needed).toBe(false);
  });

  test('of two who use the link at once, one becomes it', async () => {
    const fresh = server;
    await database.pool.query(`update members set status = 'disabled'`);
    const token = tokenOf(await createSetupLink(database.pool, fresh.origin));
    const answers = await Promise.all(
      ['b@example.com', 'c@example.com'].map((email) =>
        fresh.nobody('POST', '/setup', { body: { ...setupBody, email, token } }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
  });
});

describe('sessions', () => {
  const database = testDatabase();
  const server = testServer(database);

  test('neither the session token nor anything that opens a session is in the database', async () => {
    await server.newWorkspace('clear');
    const admin = await emailOf('admin');
    const cookie = await server.signIn(admin, password);
    const token = /session_token=([^.;]+)/.exec(cookie)![1]!;
    const { rows } = await database.pool.query('select * from auth.session');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.every((row) => row.ipAddress === '' && row.userAgent === '')).toBe(true);
    for (const row of rows) {
      const forged = await server.nobody('GET', '/views', {
        headers: { cookie: `perennial.session_token=${row.token}` },
      });
      expect(forged.status).toBe(401);
    }
  });

  test('signing out ends the session at once, also for a copied cookie', async () => {
    await server.newWorkspace('out');
    const cookie = await server.signIn(await emailOf('csm'), password);
    const me = server.caller({ cookie });
    expect((await me('GET', '/views')).status).toBe(200);
    expect((await me('DELETE', '/session')).status).toBe(204);
    expect((await me('GET', '/views')).status).toBe(401);
    expect((await (await me('GET', '/session')).json()).user).toBeNull();
  });

  test('cookies are out of the reach of scripts and of other sites', async () => {
    await server.newWorkspace('flags');
    const answer = await server.nobody('POST', '/session', { body: { email: await emailOf('admin'), password } });
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    await server.newWorkspace('same');
    const answers = await Promise.all(
      [await emailOf('admin'), 'nobody@nowhere.test'].map(async (email) => {
        const answer = await server.nobody('POST', '/session', { body: { email, password: 'wrong wrong wrong' } });
        return [answer.status, await answer.text()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![0]).toBe(401);
    const resets = await Promise.all(
      [await emailOf('admin'), 'nobody@nowhere.test'].map(async (email) => {
        const answer = await server.nobody('POST', '/session/password-reset', { body: { email } });
        return [answer.status, await answer.text()];
      }),
    );
    expect(resets[0]).toEqual(resets[1]);
  });

  test('guessing one password is stopped after ten tries, the right one included; others are not', async () => {
    await server.newWorkspace('guess');
    const attempt = async (email: string, secret: string) =>
      (
        await server.nobody('POST', '/session', {
          body: { email, password: secret },
          headers: { 'x-forwarded-for': '203.0.113.9' },
        })
      ).status;
    const victim = await emailOf('leader');
    for (let i = 0; i < 10; i++) expect(await attempt(victim, `guess number ${i}`)).toBe(401);
    expect(await attempt(victim, password)).toBe(429);
    expect(await attempt(await emailOf('ops'), password)).toBe(200);
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }, 403],
    ['another site, by fetch metadata', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 201],
  ])('a change by session cookie from %s', async (_, headers, status) => {
    const { as } = await server.newWorkspace('csrf');
    const body = { resource: 'accounts', name: 'v', shared: false, state: {} };
    expect((await as.csm('POST', '/views', { body, headers: headers as Record<string, string> })).status).toBe(status);
  });

  test('a change by session cookie with no word of where it comes from is refused', async () => {
    await server.newWorkspace('silent');
    const cookie = await server.signIn(await emailOf('csm'), password);
    const answer = await fetch(`${server.origin}/api/v1/views/1`, { method: 'DELETE', headers: { cookie } });
    expect(answer.status).toBe(403);
  });

  test('one person works in the workspace that they choose, and in no other', async () => {
    const first = await server.newWorkspace('first');
    const second = await server.newWorkspace('second');
    const third = await server.newWorkspace('third');
    const userId = await userOf(first.id, 'csm');
    await database.pool.query(
      `insert into members (workspace_id, user_id, name, email, role) values ($1, $2, 'The csm', 'x@y.test', 'viewer')`,
      [second.id, userId],
    );
    const choose = (workspaceId: number) => first.as.csm('PUT', '/session/workspace', { body: { workspaceId } });
    const chosen = await choose(second.id);
    expect(await chosen.json()).toMatchObject({ workspace: { id: second.id }, role: 'viewer', permissions: ['read'] });
    expect(cookiesOf(chosen)).toBe(`perennial.workspace=${second.id}`);
    expect((await choose(third.id)).status).toBe(404);
    const cookie = await server.signIn(await emailOf('csm', first.id), password);
    const inThird = await server.nobody('GET', '/workspace', {
      headers: { cookie: `${cookie.split(';')[0]}; perennial.workspace=${third.id}` },
    });
    expect((await inThird.json()).id).toBe(first.id);
  });

  test('a reset link sets the password once and ends all sessions', async () => {
    const { as } = await server.newWorkspace('reset');
    expect((await as.csm('GET', '/views')).status).toBe(200);
    const email = await emailOf('csm');
    server.mails.length = 0;
    await server.nobody('POST', '/session/password-reset', { body: { email } });
    await expect.poll(() => server.mails.length).toBe(1);
    const token = tokenOf(/http\S+/.exec(server.mails[0]!.text)![0]);
    const confirm = () =>
      server.nobody('POST', '/session/password-reset/confirm', { body: { token, password: 'another long one' } });
    expect((await confirm()).status).toBe(204);
    expect((await confirm()).status).toBe(400);
    expect((await as.csm('GET', '/views')).status).toBe(401);
    await expect(server.signIn(email, password)).rejects.toThrow('401');
    await server.signIn(email, 'another long one');
  });

  test('a link for the command line works the same; none for an unknown address', async () => {
    await server.newWorkspace('cli');
    const link = await createResetLink(database.pool, server.origin, (await emailOf('admin')).toUpperCase());
    const body = { token: tokenOf(link), password: 'another long one' };
    expect((await server.nobody('POST', '/session/password-reset/confirm', { body })).status).toBe(204);
    expect(await createResetLink(database.pool, server.origin, 'nobody@nowhere.test')).toBeNull();
  });

  test('a link that is too old does not work', async () => {
    await server.newWorkspace('old');
    const link = await createResetLink(database.pool, server.origin, await emailOf('admin'));
    await database.pool.query(`update auth.link set expires_at = now() - interval '1 second'`);
    const body = { token: tokenOf(link), password: 'another long one' };
    expect((await server.nobody('POST', '/session/password-reset/confirm', { body })).status).toBe(400);
  });

  async function emailOf(role: string, workspaceId?: number): Promise<string> {
    const { rows } = await database.pool.query(
      `select email from members where role = $1 and workspace_id = coalesce($2, (select max(id) from workspaces)) limit 1`,
      [role, workspaceId ?? null],
    );
    return rows[0].email;
  }

  async function userOf(workspaceId: number, role: string): Promise<string> {
    const { rows } = await database.pool.query('select user_id from members where workspace_id = $1 and role = $2', [
      workspaceId,
      role,
    ]);
    return rows[0].user_id;
  }
});

describe('one’s own password', () => {
  const server = testServer(testDatabase());
  const change = (as: TestWorkspace['as'], body: object) => as.csm('PUT', '/session/password', { body });

  test('is changed by who knows it; other sessions end, this one goes on', async () => {
    const { as, emails } = await server.newWorkspace('password');
    const signIn = (secret: string) =>
      server.nobody('POST', '/session', { body: { email: emails.csm, password: secret } });
    const other = cookiesOf(await signIn(password));
    const wrong = await change(as, { current: 'not mine', password: 'a new pass phrase' });
    expect([wrong.status, (await wrong.json()).errors]).toEqual([
      400,
      [{ path: 'current', message: 'is not your password' }],
    ]);
    const changed = await change(as, { current: password, password: 'a new pass phrase' });
    expect(changed.status).toBe(200);
    const mine = { headers: { cookie: cookiesOf(changed) } };
    expect((await (await server.nobody('GET', '/session', mine)).json()).user.email).toBe(emails.csm);
    const theirs = await server.nobody('GET', '/session', { headers: { cookie: other } });
    expect((await theirs.json()).user).toBeNull();
    expect([(await signIn(password)).status, (await signIn('a new pass phrase')).status]).toEqual([401, 200]);
  });
});
