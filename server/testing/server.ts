import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
/** The real app on a real port, over a test database, with workspaces and people made by factories. */
import { afterAll, beforeAll } from 'vitest';
import { type Role, roles } from '#contracts/permissions.ts';
import { type App, createApp, seeders } from '#server/app.ts';
import { type Listening, listen } from '#server/listen.ts';
import { hashPassword } from '#server/modules/identity/index.ts';
import { createWorkspace } from '#server/modules/workspace/index.ts';
import { type Pool, system, transaction } from '#server/platform/db/pool.ts';
import type { WebFiles } from '#server/platform/http/web-files.ts';
import { createLogger } from '#server/platform/log/log.ts';
import type { Mail } from '#server/platform/mail/mail.ts';
import type { TestDatabase } from './database.ts';

export const password = 'correct horse battery staple';

export interface Call {
  body?: unknown;
  headers?: Record<string, string>;
}
/** Sends a request as somebody. `path` is below /api/v1; a body that is a string goes as it is, others as JSON. */
export type Caller = (method: string, path: string, call?: Call) => Promise<Response>;

export interface TestWorkspace {
  id: number;
  /** by role; each signed in with a session cookie */
  as: Record<Role, Caller>;
  /** with which each role signs in; the password is the same for all */
  emails: Record<Role, string>;
}

export interface TestServer {
  readonly app: App;
  readonly origin: string;
  /** mails sent so far */
  readonly mails: Mail[];
  /** folder of files that are being imported */
  readonly uploads: string;
  /** without a session */
  readonly nobody: Caller;
  caller(headers: Record<string, string>): Caller;
  newWorkspace(name: string): Promise<TestWorkspace>;
  /** A workspace that `createTestWorkspace` made, in a prepared database for example. */
  workspaceWith(id: number): Promise<TestWorkspace>;
  /** Signs in and returns the Cookie header. */
  signIn(email: string, password: string): Promise<string>;
}

/**
 * Call it beside `testDatabase`; started before the first test of the file, stopped after the last. `readWeb` gives the
 * pages of the web app, for tests in a browser.
 */
export function testServer(
  database: TestDatabase,
  { readWeb }: { readWeb?: () => Promise<WebFiles> } = {},
): TestServer {
  let app: App | null = null;
  let listening: Listening | null = null;
  const mails: Mail[] = [];
  const uploads = mkdtempSync(join(tmpdir(), 'perennial-uploads-'));
  const stopping = new AbortController();
  const origin = () => `http://localhost:${listening?.port ?? 0}`;
  beforeAll(async () => {
    app = createApp({
      pool: database.pool,
      databaseUrl: database.url,
      log: createLogger('error'),
      secret: 'a secret of tests, at least 32 characters',
      publicOrigin: origin,
      trustedProxies: 1,
      mailer: { send: async (mail) => void mails.push(mail), close: () => undefined },
      web: (await readWeb?.()) ?? null,
      uploads,
      stopping: stopping.signal,
    });
    listening = await listen(app.http, { port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    stopping.abort();
    await listening?.close(100);
  });

  const caller = (own: Record<string, string>): Caller => {
    return (method, path, { body, headers = {} } = {}) =>
      fetch(`${origin()}/api/v1${path}`, {
        method,
        headers: {
          origin: origin(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...own,
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
  };
  const nobody: Caller = (...call) => caller({})(...call);

  async function signIn(email: string, secret: string): Promise<string> {
    const response = await nobody('POST', '/session', {
      body: { email, password: secret },
      headers: { 'x-forwarded-for': email },
    });
    if (response.status !== 200) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    return cookiesOf(response);
  }

  /** Checking a password takes 70 ms by design, and most tests use two of the roles. */
  function signedInWhenUsed(email: string): Caller {
    let me: Promise<Caller> | null = null;
    return async (...call) => {
      me ??= signIn(email, password).then((cookie) => caller({ cookie }));
      return (await me)(...call);
    };
  }

  async function workspaceWith(id: number): Promise<TestWorkspace> {
    const members = await transaction(database.pool, id, (tx) =>
      tx.many<{ role: Role; email: string }>({
        text: `select role, email from members where workspace_id = $1 and name = 'The ' || role`,
        values: [id],
      }),
    );
    const emails = Object.fromEntries(members.map(({ role, email }) => [role, email])) as Record<Role, string>;
    const as = Object.fromEntries(members.map(({ role, email }) => [role, signedInWhenUsed(email)])) as Record<
      Role,
      Caller
    >;
    return { id, as, emails };
  }

  return {
    get app() {
      return app!;
    },
    get origin() {
      return origin();
    },
    mails,
    uploads,
    nobody,
    caller,
    newWorkspace: async (name) => workspaceWith(await createTestWorkspace(database.pool, name)),
    workspaceWith,
    signIn,
  };
}

/** The Cookie header of a browser that got this answer. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

let sharedHash: Promise<string> | null = null;

/** A workspace with a member for each role, who all sign in with `password`. */
export async function createTestWorkspace(pool: Pool, name: string): Promise<number> {
  sharedHash ??= hashPassword(password);
  const hash = await sharedHash;
  const slug = `${name.toLowerCase().replaceAll(/\W/g, '-')}-${Math.random().toString(36).slice(2, 8)}`;
  const names = Object.keys(roles) as Role[];
  const emails = Object.fromEntries(names.map((role) => [role, `${role}@${slug}.test`])) as Record<Role, string>;
  return system(pool, async (tx) => {
    for (const role of names) {
      const userId = `${role}-${slug}`;
      await tx.run({
        text: `insert into auth."user" (id, name, email) values ($1, $2, $3)`,
        values: [userId, role, emails[role]],
      });
      await tx.run({
        text: `insert into auth.account (id, "accountId", "providerId", "userId", password) values ($1, $1, 'credential', $1, $2)`,
        values: [userId, hash],
      });
    }
    const workspace = await createWorkspace(
      tx,
      { name, timeZone: 'UTC', currency: 'USD', isDemo: false, administrators: [] },
      seeders,
    );
    for (const role of names) {
      await tx.run({
        text: 'insert into members (workspace_id, user_id, name, email, role) values ($1, $2, $3, $4, $5)',
        values: [workspace, `${role}-${slug}`, `The ${role}`, emails[role], role],
      });
    }
    return workspace;
  });
}
