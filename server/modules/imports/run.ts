/**
 * One import, batch by batch. Each batch is one transaction together with its place and its counts, so after kill -9 the run
 * goes on where it was and no line counts twice.
 */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { FactKindName } from '#contracts/facts.ts';
import type { ImportMapping } from '#contracts/intake.ts';
import { factContext } from '#server/modules/facts/index.ts';
import { refreshFindings } from '#server/modules/findings/index.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { type Counts, storeBatch } from './batch.ts';
import { type RowMaker, rowMaker } from './mapping.ts';
import { analyze, holdsLease, type Run, saveCounts } from './progress.ts';
import { type FileRecord, readRecords } from './records.ts';
import { endImport, findImport, type ImportRow } from './store.ts';

/** A wide line is many facts. Larger batches save little, and hold the locks of their accounts for longer. */
const linesAtOnce = ({ eventColumns }: ImportMapping) => (eventColumns?.length ? 1000 : 2000);
const dryRun = Symbol('dry run');

/** Works until the file is done, the import is cancelled, the lease is lost or the signal aborts. */
export async function runImport(run: Run, signal: AbortSignal): Promise<void> {
  const row = await transaction(run.pool, run.workspaceId, (tx) => findImport(tx, run.workspaceId, run.importId));
  if (!row || (row.status !== 'checking' && row.status !== 'running')) return;
  try {
    if (!(await readAll(run, row, signal))) return;
  } catch (error) {
    await end(run, 'failed', explain(error));
    // A fault of the file is told to the person who sent it; any other is for the log too.
    if (!(error instanceof FileError)) throw error;
    return;
  }
  if (row.status === 'running') {
    await transaction(run.pool, run.workspaceId, (tx) => analyze(tx, row.kind as FactKindName));
    await transaction(run.pool, run.workspaceId, (tx) => refreshFindings(tx, run.workspaceId));
  }
  await end(run, row.status === 'checking' ? 'checked' : 'done', null);
}

async function end(run: Run, status: 'checked' | 'done' | 'failed', error: string | null): Promise<void> {
  await transaction(run.pool, run.workspaceId, async (tx) => {
    if (await holdsLease(tx, run)) await endImport(tx, run.workspaceId, run.importId, status, error);
  });
}

class FileError extends Error {}

function explain(error: unknown): string {
  return error instanceof FileError ? error.message : 'Something went wrong here, not in your file. Start it again.';
}

/** Whether the file was read to its end. */
async function readAll(run: Run, row: ImportRow, signal: AbortSignal): Promise<boolean> {
  const path = join(run.uploads, row.file ?? '');
  if (row.file === null || !(await isThere(path))) throw new FileError('The file is no longer kept. Upload it again.');
  const toRow = rowMaker(row.mapping!);
  let skip = row.lines_done;
  let waiting: FileRecord[] = [];
  const size = run.linesAtOnce ?? linesAtOnce(row.mapping!);
  try {
    for await (const records of readRecords(path, row.format!)) {
      const fresh = records.slice(skip);
      skip = Math.max(0, skip - records.length);
      waiting.push(...fresh);
      while (waiting.length >= size) {
        if (signal.aborted || !(await storeNext(run, row, waiting.slice(0, size), toRow))) return false;
        waiting = waiting.slice(size);
      }
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_')) throw new FileError('The gzip data is damaged; the lines before it were read.');
    throw error;
  }
  return waiting.length === 0 || (!signal.aborted && storeNext(run, row, waiting, toRow));
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** One batch. A dry run does exactly the same and takes it back. False when the import is no longer ours to run. */
async function storeNext(run: Run, row: ImportRow, records: FileRecord[], toRow: RowMaker): Promise<boolean> {
  const { pool, workspaceId, importId } = run;
  if (row.status === 'running') {
    return transaction(pool, workspaceId, async (tx) => {
      if (!(await holdsLease(tx, run, row.status))) return false;
      await saveCounts(tx, run, records.length, await storeWith(tx, row, records, toRow, workspaceId, importId));
      return true;
    });
  }
  let counts: Counts | null = null;
  await transaction(pool, workspaceId, async (tx) => {
    counts = await storeWith(tx, row, records, toRow, workspaceId, null);
    throw dryRun;
  }).catch((thrown: unknown) => {
    if (thrown !== dryRun) throw thrown;
  });
  return transaction(pool, workspaceId, async (tx) => {
    if (!(await holdsLease(tx, run, row.status))) return false;
    await saveCounts(tx, run, records.length, counts!);
    return true;
  });
}

async function storeWith(
  tx: Tx,
  row: ImportRow,
  records: FileRecord[],
  toRow: RowMaker,
  workspaceId: number,
  importId: number | null,
): Promise<Counts> {
  const { source, currency, timeZone, moneyUnit, createAccounts, shiftDays } = row.mapping!;
  const context = await factContext(tx, workspaceId, {
    source,
    moneyUnit,
    createAccounts,
    bulk: true,
    memberId: row.created_by,
    by: row.name,
    ...(currency && { currency }),
    ...(timeZone && { timeZone }),
    ...(shiftDays && { shiftDays }),
  });
  return storeBatch(tx, { context, kind: row.kind as FactKindName, mapping: row.mapping!, toRow, importId }, records);
}
