/** Writes a workspace into a zip file as it stands at one moment. */
import { readFile } from 'node:fs/promises';
import type { Tx } from '#server/platform/db/pool.ts';
import { createZip, type ZipWriter } from '#server/platform/zip/write.ts';
import type { Manifest } from './manifest.ts';
import { readMigration, readShapes, type Shape } from './shape.ts';
import { fileOf, leftOut, manifestFile, neverExported, workspaceFile } from './tables.ts';

const rowsAtOnce = 500;
/** A zip file without its long form, which not every program reads, holds files of less than 4 GiB. */
const longestFileBytes = 2 ** 30;

export interface ExportOptions {
  workspaceId: number;
  at: Date;
  /** a table that is longer goes on in another file; smaller in tests only */
  fileBytes?: number;
}

/**
 * Writes all of it to `write`, as fast as that takes it. `tx` must be a snapshot of the workspace. What is written is not a
 * zip file until it has returned.
 */
export async function exportWorkspace(
  tx: Tx,
  write: (chunk: Uint8Array) => Promise<void>,
  { workspaceId, at, fileBytes = longestFileBytes }: ExportOptions,
): Promise<Manifest> {
  const zip = createZip(write, at);
  const files: Manifest['files'] = [];
  const { line, name } = await readWorkspaceLine(tx, workspaceId);
  await zip.add(workspaceFile, once(line));
  files.push({ name: workspaceFile, table: 'workspaces', rows: 1 });
  for (const shape of await readShapes(tx)) {
    await openLines(tx, workspaceId, shape);
    files.push(...(await addTable(tx, zip, shape.table, fileBytes)));
    await tx.run({ text: 'close export_lines', values: [] });
  }
  const manifest: Manifest = {
    format: 'perennial-export',
    formatVersion: 1,
    version: await productVersion(),
    migration: await readMigration(tx),
    exportedAt: at.toISOString(),
    workspace: name,
    files,
    leftOut: [neverExported, ...Object.values(leftOut)],
  };
  await zip.add(manifestFile, once(`${JSON.stringify(manifest, null, 2)}\n`));
  await zip.close();
  return manifest;
}

/** Lines of a table into one file, or as many as it takes. */
async function addTable(tx: Tx, zip: ZipWriter, table: string, fileBytes: number): Promise<Manifest['files']> {
  const files: Manifest['files'] = [];
  for (let more = true; more; ) {
    const file = { name: fileOf(table, files.length + 1), table, rows: 0 };
    let bytes = 0;
    async function* lines() {
      while (bytes < fileBytes) {
        const batch = await tx.many<{ line: string }>({ text: `fetch ${rowsAtOnce} from export_lines`, values: [] });
        if (batch.length === 0) {
          more = false;
          return;
        }
        const chunk = Buffer.from(`${batch.map(({ line }) => line).join('\n')}\n`);
        file.rows += batch.length;
        bytes += chunk.length;
        yield chunk;
      }
    }
    await zip.add(file.name, lines());
    files.push(file);
  }
  return files;
}

/** Lines are made by the database: what it writes as JSON it reads back as it was, to the last digit. */
async function openLines(tx: Tx, workspaceId: number, shape: Shape): Promise<void> {
  const { table, fields, key, as = {} } = shape;
  const selected = fields.map((name) => (as[name] === undefined ? `t."${name}"` : `${as[name]} as "${name}"`));
  const order = key.length === 0 ? '' : `order by ${key.map((name) => `t."${name}"`).join(', ')}`;
  // A cursor takes no parameters; the id is a whole number, as the snapshot has checked.
  await tx.run({
    text: `declare export_lines no scroll cursor for select to_json(r)::text as line
      from (select ${selected.join(', ')} from ${table} t where t.workspace_id = ${workspaceId} ${order}) r`,
    values: [],
  });
}

/** All columns of the workspace but its number, which another installation gives anew. */
function readWorkspaceLine(tx: Tx, workspaceId: number): Promise<{ line: string; name: string }> {
  return tx.one({
    text: `select (to_jsonb(w) - 'id')::text || E'\\n' as line, name from workspaces w where id = $1`,
    values: [workspaceId],
  });
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

async function productVersion(): Promise<string> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
