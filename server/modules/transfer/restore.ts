/** Makes a workspace out of an export, whole or not at all. */
import sql from 'sql-template-tag';
import { audit } from '#server/modules/audit/index.ts';
import {
  carryAdministrators,
  connectMembers,
  isSetupNeeded,
  membersWithoutPassword,
  type WithoutPassword,
} from '#server/modules/identity/index.ts';
import { ensureMonths } from '#server/modules/usage/index.ts';
import { inWorkspace } from '#server/modules/workspace/index.ts';
import { type Pool, system, type Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { openZip, ZipError, type ZipFile } from '#server/platform/zip/read.ts';
import { checkExport } from './check.ts';
import { readBatches } from './lines.ts';
import type { Manifest } from './manifest.ts';
import { lockUnused, notEmpty, removeWorkspace } from './replaced.ts';
import { RestoreError } from './restore-error.ts';
import { readMigration, readShapes, type Shape } from './shape.ts';
import { asArray, storeBatch } from './store-rows.ts';
import { exportedTables, workspaceFile } from './tables.ts';

export interface Restored {
  workspaceId: number;
  name: string;
  rows: number;
  withoutPassword: WithoutPassword[];
}

export interface RestoreOptions {
  /** the empty workspace whose place it takes; null = there is none */
  replaces: number | null;
  /** for the audit log */
  by: Pick<Actor, 'kind' | 'id' | 'name'>;
  /** called with the rows stored so far, and all there are */
  onProgress?: (rows: number, all: number) => void;
}

/**
 * Restores the file at `path`. Ids stay as they are, the workspace itself gets a new one. Nothing is stored unless all is.
 * @throws RestoreError or ZipError, for people; AppError 409 when `replaces` is not empty
 */
export async function restoreFile(pool: Pool, path: string, options: RestoreOptions): Promise<Restored> {
  const zip = await openZip(path);
  try {
    const { shapes, migration } = await system(pool, async (tx) => ({
      shapes: await readShapes(tx),
      migration: await readMigration(tx),
    }));
    const { manifest, months, rows } = await checkExport(zip, { shapes, migration });
    // In a transaction of its own: making a partition keeps all others from storing events until commit.
    await system(pool, (tx) => ensureMonths(tx, months));
    const restored = await system(pool, (tx) => restore(tx, { zip, manifest, shapes, rows, options }));
    // The planner is told what came.
    await system(pool, (tx) =>
      tx.run({ text: `analyze account_list, ${exportedTables.map(({ table }) => table).join(', ')}`, values: [] }),
    );
    return restored;
  } finally {
    await zip.close();
  }
}

/** Whether the error is about the file, and its message for people. */
export function isFaultOfFile(error: unknown): error is Error {
  return error instanceof RestoreError || error instanceof ZipError;
}

interface Restore {
  zip: ZipFile;
  manifest: Manifest;
  shapes: readonly Shape[];
  rows: number;
  options: RestoreOptions;
}

async function restore(tx: Tx, whole: Restore): Promise<Restored> {
  const { zip, manifest, rows, options } = whole;
  const { replaces, by } = options;
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('perennial restore'))`);
  if (replaces !== null && !(await lockUnused(tx, replaces))) throw notEmpty();
  const { id, name } = await storeWorkspace(tx, zip);
  await inWorkspace(tx, id, async () => {
    await storeTables(tx, id, whole);
    if (replaces !== null) await carryAdministrators(tx, replaces, id);
    const actor: Actor = { ...by, workspaceId: id, permissions: new Set() };
    await audit(tx, actor, 'restored', 'workspace', id, { exportedAt: manifest.exportedAt, rows });
  });
  if (replaces !== null) await removeWorkspace(tx, replaces);
  if (await isSetupNeeded(tx)) throw new RestoreError('members.ndjson', null, 'no active administrator could sign in');
  return { workspaceId: id, name, rows, withoutPassword: await membersWithoutPassword(tx, id) };
}

async function storeTables(tx: Tx, workspaceId: number, { zip, manifest, shapes, rows, options }: Restore) {
  let stored = 1;
  for (const shape of shapes) {
    for (const { name: file } of manifest.files.filter(({ table }) => table === shape.table)) {
      for await (const batch of readBatches(zip.entries.get(file)!)) {
        await storeBatch(tx, { workspaceId, shape, file }, batch);
        if (shape.table === 'members') await connectMembers(tx, workspaceId, asArray(batch.lines));
        stored += batch.lines.length;
        options.onProgress?.(stored, rows);
      }
    }
    if (shape.identity !== null) await continueIdentity(tx, shape.table, shape.identity);
  }
}

async function storeWorkspace(tx: Tx, zip: ZipFile): Promise<{ id: number; name: string }> {
  const line = Buffer.concat(await Array.fromAsync(zip.entries.get(workspaceFile)!.read())).toString();
  const { columns } = await tx.one<{ columns: string }>(sql`select string_agg(quote_ident(attname), ', ') as columns
    from pg_attribute where attrelid = 'workspaces'::regclass and attnum > 0 and not attisdropped and attname <> 'id'`);
  try {
    return await tx.one({
      text: `insert into workspaces (${columns})
        select ${columns} from json_populate_record(null::workspaces, $1::json) returning id, name`,
      values: [line],
    });
  } catch (error) {
    throw new RestoreError(workspaceFile, 1, (error as Error).message, { cause: error });
  }
}

/** Ids that the database gives out go on behind the highest. They are unique within a workspace, not across. */
async function continueIdentity(tx: Tx, table: string, column: string): Promise<void> {
  await tx.run({
    text: `select setval(s.name, m.highest) from (select max("${column}") as highest from ${table}) m,
        lateral (select pg_get_serial_sequence('${table}', '${column}')::regclass as name) s,
        lateral (select coalesce(pg_sequence_last_value(s.name), 0) as last) l
      where m.highest > l.last`,
    values: [],
  });
}
