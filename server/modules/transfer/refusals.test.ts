/** What cannot be restored says why and where, and leaves nothing behind. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contracts/transfer.ts';
import { createAdministrator } from '#server/modules/identity/index.ts';
import { system, transaction } from '#server/platform/db/pool.ts';
import { type Ask, createApi, createFetch, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, inside, keyActor, memberActor } from '#server/testing/factories.ts';
import { fillEveryTable } from './every-table.test-support.ts';
import { restoreFile } from './restore.ts';
import { transferRoutes } from './routes.ts';
import { packed, unpacked, type ZippedFiles } from './zipped.test-support.ts';

const source = testDatabase();
const target = testDatabase();
let folder: string;
let workspaceId: number;
let whole: ZippedFiles;
let routes: ReturnType<typeof transferRoutes>;
let forgotten = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refusals-'));
  routes = transferRoutes({ uploads: join(folder, 'uploads'), forget: () => forgotten++ });
  workspaceId = await fillEveryTable(source.pool);
  const answer = await createFetch(source.pool, routes, keyActor(workspaceId))('http://localhost/api/v1/export');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  whole = await unpacked(Buffer.from(await answer.arrayBuffer()), folder);
});
afterAll(() => rm(folder, { recursive: true }));

const count = async (table: string) => {
  const { rows } = await target.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]!.n;
};
const newOwner = (email: string) =>
  system(target.pool, (tx) =>
    createAdministrator(
      tx,
      {
        name: 'Olga Owner',
        email,
        passwordHash: 'x',
        workspaceName: 'Mine',
        timeZone: 'UTC',
        currency: 'USD',
        demo: false,
      },
      [],
    ),
  );
const send = (ask: Ask, file: Buffer) => ask(contract.restoreWorkspace, { body: file } as never);

/** Another text in the place of a file. */
const altered = (name: string, change: (text: string) => string | null) => {
  const files = new Map(whole);
  const text = change(files.get(name)!);
  if (text === null) files.delete(name);
  else files.set(name, text);
  return files;
};
const manifestWith = (
  change: (manifest: { version: string; migration: number; files: { name: string; table: string }[] }) => void,
) =>
  altered('manifest.json', (text) => {
    const manifest = JSON.parse(text);
    change(manifest);
    return JSON.stringify(manifest);
  });
/** The second line of three, with a part of it replaced. */
const secondLine = (name: string, part: string | RegExp, by: string) =>
  altered(name, (text) => {
    const lines = text.split('\n');
    expect(lines[1]).toMatch(part);
    lines[1] = lines[1]!.replace(part, by);
    return lines.join('\n');
  });

describe('a file is refused', () => {
  it.each<[string, () => ZippedFiles, string]>([
    [
      'without a manifest',
      () => altered('manifest.json', () => null),
      'This is no export of Perennial: it has no manifest.json.',
    ],
    ['with another manifest', () => altered('manifest.json', () => '{"format":"other"}'), 'manifest.json: format:'],
    [
      'of a newer version',
      () => manifestWith((m) => Object.assign(m, { version: '9.1.0', migration: 999 })),
      'made by version 9.1.0 (database step 999)',
    ],
    [
      'of an older version',
      () => manifestWith((m) => Object.assign(m, { migration: 3 })),
      'upgrade there and export again',
    ],
    [
      'with a file missing',
      () => altered('tickets.ndjson', () => null),
      'tickets.ndjson: the file is missing in the zip file',
    ],
    [
      'with a kind missing',
      () =>
        manifestWith((m) => {
          m.files = m.files.filter(({ table }) => table !== 'goals');
        }),
      'manifest.json: no file of goals is listed',
    ],
    [
      'with a kind that is none',
      () =>
        manifestWith((m) => {
          m.files[3]!.table = 'schema_migrations';
        }),
      'schema_migrations is no kind of an export',
    ],
    [
      'with a line lost',
      () => altered('notes.ndjson', (text) => text.slice(text.indexOf('\n') + 1)),
      'notes.ndjson: it has 2 lines, and 3 were exported',
    ],
    ['with a line that is not JSON', () => secondLine('notes.ndjson', '{', ''), 'notes.ndjson, line 2: is not JSON'],
    [
      'with a line that is no object',
      () => secondLine('notes.ndjson', /.+/s, '[1]'),
      'notes.ndjson, line 2: is not an object',
    ],
    [
      'with a field too many',
      () => secondLine('accounts.ndjson', '{', '{"workspace_id":1,'),
      'accounts.ndjson, line 2: has a field that is not known, workspace_id',
    ],
    [
      'with a field missing',
      () => secondLine('accounts.ndjson', /"region":.*?,"country"/s, '"country"'),
      'accounts.ndjson, line 2: has no region',
    ],
    [
      'with a value of another type',
      () => secondLine('invoices.ndjson', /"amount_minor":\d+/, '"amount_minor":"much"'),
      'invoices.ndjson, line 2: invalid input syntax',
    ],
    [
      'with a value that a rule forbids',
      () => secondLine('tickets.ndjson', /"severity":"\w+"/, '"severity":"huge"'),
      'tickets.ndjson, line 2: new row for relation "tickets" violates check',
    ],
    [
      'with the same id twice',
      () => secondLine('risk_events.ndjson', /"id":\d+/, '"id":1'),
      'risk_events.ndjson, line 2: duplicate key',
    ],
    [
      'with an event at no time',
      () => secondLine('events.ndjson', /"ts":"[^"]+"/, '"ts":"soon"'),
      'events.ndjson, line 2: ts is no time',
    ],
    [
      'with a workspace of no name',
      () => altered('workspace.ndjson', (text) => text.replace(/"name": *"[^"]+"/, '"name":null')),
      'workspace.ndjson, line 1: null value in column "name"',
    ],
    [
      'with nobody to administer it',
      () => altered('members.ndjson', (text) => text.replaceAll('"signs_in":true', '"signs_in":false')),
      'no active administrator could sign in',
    ],
  ])('%s', async (_, files, message) => {
    const path = join(folder, 'altered.zip');
    await writeFile(path, await packed(files()));
    const restoring = restoreFile(target.pool, path, { replaces: null, by: { kind: 'cli', id: null, name: 'test' } });
    await expect(restoring).rejects.toThrow(message);
    expect([await count('workspaces'), await count('members'), await count('auth."user"')]).toEqual([0, 0, 0]);
  });
});

describe('over the API', () => {
  it('an export takes the place of an empty workspace, and its administrators stay', async () => {
    const empty = await newOwner('olga@example.test');
    const ask = createApi(target.pool, routes, memberActor(empty, 1, 'admin'));
    expect((await ask(contract.describeExport, {})).canRestore).toBe(true);
    const restored = await send(ask, await packed(whole));
    expect(restored).toMatchObject({ name: 'Größe & Co', withoutPassword: [{ name: expect.any(String) }] });
    expect(forgotten).toBe(1);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
    const { rows } = await target.pool.query('select id from workspaces');
    expect(rows).toEqual([{ id: restored.workspaceId }]);
    const administrators = await transaction(target.pool, restored.workspaceId, (tx) =>
      tx.many(sql`select email from members where workspace_id = ${restored.workspaceId} and role = 'admin'
        and user_id is not null and email = 'olga@example.test'`),
    );
    expect(administrators).toHaveLength(1);
    const after = createApi(target.pool, routes, keyActor(restored.workspaceId));
    expect((await after(contract.describeExport, {})).canRestore).toBe(false);
  });

  it('the same workspace is not restored a second time beside itself', async () => {
    const empty = await newOwner('otto@example.test');
    const refused = await refusalOf(send(createApi(target.pool, routes, keyActor(empty)), await packed(whole)));
    expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining('this write key is in use here')]);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  });

  it('a workspace that holds something is left alone', async () => {
    const used = await newOwner('uma@example.test');
    await inside(target.pool, used, (tx) => createAccount(tx, used));
    const ask = createApi(target.pool, routes, keyActor(used));
    expect((await refusalOf(send(ask, await packed(whole)))).status).toBe(409);
    expect(await inside(target.pool, used, (tx) => tx.run(sql`select from accounts`))).toBe(1);
  });

  it.each([
    ['text', Buffer.from('name\nAcme\n'), 'not a zip file'],
    ['half of a file', null, 'was it downloaded completely?'],
  ])('%s is no export → 400', async (_, file, message) => {
    const empty = await newOwner(`${Math.random()}@example.test`);
    const sent = file ?? (await packed(whole)).subarray(0, 9000);
    const refused = await refusalOf(send(createApi(target.pool, routes, keyActor(empty)), sent));
    expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining(message)]);
  });

  it('a second export at the same time → 409, and each is in the audit log', async () => {
    const get = createFetch(source.pool, routes, memberActor(workspaceId, 1, 'admin', 'Ada'));
    const first = await get('http://localhost/api/v1/export');
    expect((await get('http://localhost/api/v1/export')).status).toBe(409);
    await first.body!.cancel();
    const log = await inside(source.pool, workspaceId, (tx) =>
      tx.many(
        sql`select actor_name from audit_log where workspace_id = ${workspaceId} and action = 'exported' order by id`,
      ),
    );
    expect(log).toEqual([{ actor_name: 'test key' }, { actor_name: 'Ada' }]);
    const next = async () => {
      const answer = await get('http://localhost/api/v1/export');
      await answer.arrayBuffer();
      return answer.status;
    };
    await expect.poll(next).toBe(200);
  });
});
