import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Pool, snapshot, system, transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside } from '#server/testing/factories.ts';
import { fillEveryTable } from './every-table.test-support.ts';
import { exportWorkspace } from './export.ts';
import { type Restored, restoreFile } from './restore.ts';
import { readShapes } from './shape.ts';
import { exportedTables, leftOut } from './tables.ts';
import { packed, unpacked, type ZippedFiles } from './zipped.test-support.ts';

const source = testDatabase();
const target = testDatabase();
const by = { kind: 'cli', id: null, name: 'perennial restore' } as const;
let folder: string;
let workspaceId: number;
let whole: ZippedFiles;
let restored: Restored;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transfer-'));
  workspaceId = await fillEveryTable(source.pool);
  whole = await exportFiles(source.pool, workspaceId);
  restored = await restore(whole);
});
afterAll(() => rm(folder, { recursive: true }));

interface Extra {
  fileBytes?: number;
  /** called when the first bytes are written */
  meanwhile?: () => Promise<unknown>;
}

async function exportFiles(pool: Pool, id: number, { fileBytes, meanwhile }: Extra = {}): Promise<ZippedFiles> {
  const chunks: Uint8Array[] = [];
  const write = async (chunk: Uint8Array) => {
    if (chunks.push(chunk) === 1) await meanwhile?.();
  };
  const options = { workspaceId: id, at: new Date('2026-03-05T00:00:00Z'), ...(fileBytes && { fileBytes }) };
  await snapshot(pool, id, 60, (tx) => exportWorkspace(tx, write, options));
  return unpacked(Buffer.concat(chunks), folder);
}

async function restore(files: ZippedFiles, pool = target.pool, replaces: number | null = null): Promise<Restored> {
  const path = join(folder, 'restored.zip');
  await writeFile(path, await packed(files));
  return restoreFile(pool, path, { replaces, by });
}

/** By tests above, and by restoring. */
const changedSince = ['accounts', 'audit_log'];
const lines = (text: string) => text.split('\n').slice(0, -1);
const linesOf = (files: ZippedFiles, name: string) => lines(files.get(`${name}.ndjson`)!);

describe('the list of tables', () => {
  it('has every table of a workspace, exported or left out with a reason', async () => {
    const { rows } = await source.pool.query<{ name: string }>(`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')`);
    const listed = [...exportedTables.map(({ table }) => table), ...Object.keys(leftOut)];
    expect(listed.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });

  it('names only columns that there are, and leaves out none that a row needs', async () => {
    const { rows } = await source.pool.query<{ place: string; needed: boolean }>(`
      select table_name || '.' || column_name as place, is_nullable = 'NO' and column_default is null as needed
        from information_schema.columns where table_schema = 'public'`);
    const needed = new Map(rows.map((row) => [row.place, row.needed]));
    const without = exportedTables.flatMap(({ table, without = {} }) =>
      Object.keys(without).map((name) => `${table}.${name}`),
    );
    expect(without.map((place) => [place, needed.get(place)])).toEqual(without.map((place) => [place, false]));
  });

  it('exports every stored column of these tables', async () => {
    const shapes = await system(source.pool, readShapes);
    const { rows } = await source.pool.query<{ table: string; columns: string[] }>(`
      select table_name as table, array_agg(column_name::text order by ordinal_position) as columns
        from information_schema.columns
       where table_schema = 'public' and is_generated = 'NEVER' and column_name <> 'workspace_id' group by 1`);
    const stored = new Map(rows.map(({ table, columns }) => [table, columns]));
    for (const { table, columns, without = {} } of shapes) {
      expect([...columns, ...Object.keys(without)].toSorted(), table).toEqual(stored.get(table)!.toSorted());
    }
  });
});

describe('an export', () => {
  it('has rows of every table, as many as its manifest says', () => {
    const manifest = JSON.parse(whole.get('manifest.json')!);
    expect(manifest).toMatchObject({
      format: 'perennial-export',
      workspace: 'Größe & Co',
      exportedAt: '2026-03-05T00:00:00.000Z',
    });
    expect([...whole.keys()]).toEqual([...manifest.files.map(({ name }: { name: string }) => name), 'manifest.json']);
    for (const { name, rows } of manifest.files) {
      expect([name, lines(whole.get(name)!).length]).toEqual([name, rows]);
      expect(rows, name).toBeGreaterThan(0);
    }
  });

  it('holds no secret: no hash of a password, session, link or key', async () => {
    const secrets = ['hash-of-a-password', 'token-of-a-session', 'hash-of-a-link', 'hash-of-a-key', 'kept-answer'];
    await source.pool.query(`
      insert into auth.account (id, "accountId", "providerId", "userId", password) values ('a', 'u1', 'credential', 'u1', '${secrets[0]}');
      insert into auth.session (id, "expiresAt", token, "userId") values ('s', 'infinity', '${secrets[1]}', 'u1');
      insert into auth.link (token_hash, purpose, expires_at) values ('${secrets[2]}', 'reset', 'infinity')`);
    await inside(source.pool, workspaceId, async (tx) => {
      await tx.run(sql`insert into api_keys (workspace_id, name, prefix, key_hash, scopes)
        values (${workspaceId}, 'CI', 'pk_abc', ${secrets[3]}, '{read}')`);
      await tx.run(sql`insert into idempotency_keys (workspace_id, key, route, request_hash, response)
        values (${workspaceId}, 'k', 'r', 'h', ${JSON.stringify({ secret: secrets[4] })}::jsonb)`);
    });
    const all = [...(await exportFiles(source.pool, workspaceId)).values()].join('');
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  });

  it('is of one moment: what is stored while it is written is not in it', async () => {
    const meanwhile = () =>
      inside(source.pool, workspaceId, (tx) => createAccount(tx, workspaceId, { name: 'Too late' }));
    const files = await exportFiles(source.pool, workspaceId, { meanwhile });
    expect(linesOf(files, 'accounts').length).toBe(linesOf(whole, 'accounts').length);
    expect(linesOf(await exportFiles(source.pool, workspaceId), 'accounts').length).toBe(
      linesOf(whole, 'accounts').length + 1,
    );
  });

  it('shows nothing of another workspace', async () => {
    const other = await createWorkspace(source.pool, { name: 'Other' });
    const files = await exportFiles(source.pool, other);
    const rows = [...files].filter(([name]) => name !== 'manifest.json' && name !== 'workspace.ndjson');
    expect(rows.filter(([, text]) => text !== '')).toEqual([]);
  });
});

describe('restoring it', () => {
  it('brings every file back as it was', async () => {
    const again = await exportFiles(target.pool, restored.workspaceId);
    expect([...again.keys()]).toEqual([...whole.keys()]);
    const differing = [...whole.keys()].filter((name) => again.get(name) !== whole.get(name));
    expect(differing).toEqual(['audit_log.ndjson', 'manifest.json']);
    const log = linesOf(again, 'audit_log');
    expect(log.slice(0, -1)).toEqual(linesOf(whole, 'audit_log'));
    expect(JSON.parse(log.at(-1)!)).toMatchObject({ action: 'restored', subject_kind: 'workspace', actor_kind: 'cli' });
  });

  it('stores what was stored, as the database itself writes each row', async () => {
    const rowsOf = (pool: Pool, id: number, { table, columns }: { table: string; columns: readonly string[] }) =>
      transaction(pool, id, (tx) =>
        tx.many<{ row: string }>({
          text: `select row(${columns.map((name) => `"${name}"`).join(', ')})::text as row from ${table}
            where workspace_id = $1 order by 1`,
          values: [id],
        }),
      );
    for (const shape of await system(source.pool, readShapes)) {
      if (changedSince.includes(shape.table)) continue;
      const stored = await rowsOf(source.pool, workspaceId, shape);
      expect(stored.length, shape.table).toBeGreaterThan(0);
      expect(await rowsOf(target.pool, restored.workspaceId, shape), shape.table).toEqual(stored);
    }
  });

  it('fills what the database makes by itself: the account list', async () => {
    const list = await transaction(target.pool, restored.workspaceId, (tx) =>
      tx.many<{ account_id: number }>(sql`select account_id from account_list order by account_id`),
    );
    expect(list.map(({ account_id }) => account_id)).toEqual(
      linesOf(whole, 'accounts').map((line) => JSON.parse(line).id),
    );
  });

  it('goes on with ids behind the highest', async () => {
    const highest = Math.max(...linesOf(whole, 'accounts').map((line) => JSON.parse(line).id));
    const id = await transaction(target.pool, restored.workspaceId, async (tx) => {
      const made = await createAccount(tx, restored.workspaceId);
      await tx.run(sql`delete from accounts where workspace_id = ${restored.workspaceId} and id = ${made}`);
      return made;
    });
    expect(id).toBe(highest + 1);
  });

  it('lets sign in who could, without a password at first', async () => {
    const members = await transaction(target.pool, restored.workspaceId, (tx) =>
      tx.many<{ role: string; has_user: boolean }>(sql`select role, user_id is not null as has_user from members
        where workspace_id = ${restored.workspaceId} order by id`),
    );
    expect(members.map(({ role, has_user }) => [role, has_user])).toEqual([
      ['admin', true],
      ['csm', false],
      ['viewer', false],
    ]);
    expect(restored.withoutPassword).toMatchObject([{ isAdministrator: true }]);
  });

  it('takes tables of several files', async () => {
    const parts = await exportFiles(source.pool, workspaceId, { fileBytes: 1 });
    expect([...parts.keys()]).toContain('events.2.ndjson');
    const fresh = new Map([...parts].map(([name, text]) => [name, name.startsWith('write_keys') ? '' : text]));
    const manifest = JSON.parse(fresh.get('manifest.json')!);
    for (const file of manifest.files) if (file.table === 'write_keys') file.rows = 0;
    const { rows } = await restore(fresh.set('manifest.json', JSON.stringify(manifest)));
    expect(rows).toBeGreaterThan(100);
  });
});
