/** Looks through a whole export before any of it is stored. */
import type { ZipFile } from '#server/platform/zip/read.ts';
import { readBatches } from './lines.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { RestoreError } from './restore-error.ts';
import type { Shape } from './shape.ts';
import { manifestFile, workspaceFile } from './tables.ts';

const longestManifestBytes = 1024 ** 2;
/** Each month of events is a table of its own. */
const mostMonths = 600;

export interface Checked {
  manifest: Manifest;
  rows: number;
  /** in which there are events, as '2026-03' */
  months: ReadonlySet<string>;
}

/** @throws RestoreError (or ZipError) that names the file and the line */
export async function checkExport(
  zip: ZipFile,
  { migration, shapes }: { migration: number; shapes: readonly Shape[] },
): Promise<Checked> {
  const manifest = await readManifest(zip);
  if (manifest.migration !== migration) throw otherVersion(manifest, migration);
  const fields = new Map<string, ReadonlySet<string>>(shapes.map((shape) => [shape.table, new Set(shape.fields)]));
  requireFiles(zip, manifest, [...fields.keys()]);
  const months = new Set<string>();
  let rows = 0;
  for (const { name, table, rows: promised } of manifest.files) {
    const found = await checkFile(zip, name, fields.get(table) ?? null, table === 'events' ? months : null);
    if (found !== promised) {
      throw new RestoreError(name, null, `it has ${found} lines, and ${promised} were exported`);
    }
    rows += found;
  }
  if (months.size > mostMonths) throw new RestoreError('events.ndjson', null, `events lie in ${months.size} months`);
  return { manifest, rows, months };
}

async function readManifest(zip: ZipFile): Promise<Manifest> {
  const entry = zip.entries.get(manifestFile);
  if (!entry || entry.bytes > longestManifestBytes) {
    throw new RestoreError(null, null, `This is no export of Perennial: it has no ${manifestFile}.`);
  }
  const text = Buffer.concat(await Array.fromAsync(entry.read())).toString();
  const read = manifestSchema.safeParse(parse(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new RestoreError(manifestFile, null, `${issue!.path.join('.')}: ${issue!.message}`);
}

function otherVersion({ version, migration }: Manifest, own: number): RestoreError {
  const way =
    migration > own
      ? 'Restore it with that version or a newer one.'
      : 'Restore it with that version, and start the newer one on what it made; or upgrade there and export again.';
  const what = `The export was made by version ${version} (database step ${migration}); this one has step ${own}.`;
  return new RestoreError(null, null, `${what} ${way}`);
}

function requireFiles(zip: ZipFile, { files }: Manifest, tables: readonly string[]): void {
  const there = new Set(files.map(({ table }) => table));
  const known = new Set([...tables, 'workspaces']);
  for (const { name, table } of files) {
    if (!known.has(table)) throw new RestoreError(manifestFile, null, `${table} is no kind of an export`);
    if (!zip.entries.has(name)) throw new RestoreError(name, null, 'the file is missing in the zip file');
  }
  const missing = [...known].find((table) => !there.has(table));
  if (missing !== undefined) throw new RestoreError(manifestFile, null, `no file of ${missing} is listed`);
  if (files.filter(({ table }) => table === 'workspaces').length !== 1 || files[0]!.name !== workspaceFile) {
    throw new RestoreError(manifestFile, null, `${workspaceFile} must be the first file`);
  }
}

/** The number of lines, each of which has the right fields. */
async function checkFile(
  zip: ZipFile,
  name: string,
  fields: ReadonlySet<string> | null,
  months: Set<string> | null,
): Promise<number> {
  let lines = 0;
  for await (const batch of readBatches(zip.entries.get(name)!)) {
    for (const [index, line] of batch.lines.entries()) {
      const row = parse(line);
      const fault = row === undefined ? 'is not JSON' : fields && faultOf(row, fields);
      if (fault) throw new RestoreError(name, batch.first + index, fault);
      if (months) months.add(monthOf((row as { ts?: unknown }).ts) ?? refuse(name, batch.first + index));
    }
    lines += batch.lines.length;
  }
  return lines;
}

function refuse(name: string, line: number): never {
  throw new RestoreError(name, line, 'ts is no time');
}

function faultOf(row: unknown, fields: ReadonlySet<string>): string | null {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'is not an object';
  const own = Object.keys(row);
  const surplus = own.find((name) => !fields.has(name));
  if (surplus !== undefined) return `has a field that is not known, ${surplus.slice(0, 60)}`;
  if (own.length === fields.size) return null;
  return `has no ${[...fields].find((name) => !Object.hasOwn(row, name))}`;
}

/** Of a time as the database writes it; null where partitions could not hold it. */
function monthOf(ts: unknown): string | null {
  const found = typeof ts === 'string' ? /^(\d{4}-(0[1-9]|1[0-2]))-\d\dT/.exec(ts) : null;
  return found ? found[1]! : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
