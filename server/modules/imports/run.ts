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
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { type Counts, storeBatch } from './batch.ts';
import { type RowMaker, rowMaker } from './mapping.ts';
import { type FileRecord, readRecords } from './records.ts';
import { endImport, findImport, type ImportRow } from './store.ts';

export interface Run {
  pool: Pool;
  workspaceId: number;
  importId: number;
  /** folder of uploaded files */
  uploads: string;
  /** the worker that holds the lease; null = run without a queue, in tests */
  worker: string | null;
  leaseSeconds: number;
  /** lines of one transaction; by default what suits the kind */
  linesAtOnce?: number;
}

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

/** What many lines may have filled. */
const tablesOf: Partial<Record<FactKindName, string>> = {
  accounts: 'accounts, account_ids, account_domains',
  contacts: 'contacts, contact_ids, contact_accounts',
  subscriptions: 'subscriptions, subscription_changes',
  daily_usage: 'usage_counts, usage_days',
  events: 'contacts, contact_ids, stale_usage',
};

/** The planner would take tables that were empty a moment ago for empty until autovacuum comes by. */
async function analyze(tx: Tx, kind: FactKindName): Promise<void> {
  await tx.run({ text: `analyze ${tablesOf[kind] ?? kind}`, values: [] });
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
    ...(currency && { currency }),
    ...(timeZone && { timeZone }),
    ...(shiftDays && { shiftDays }),
  });
  return storeBatch(tx, { context, kind: row.kind as FactKindName, mapping: row.mapping!, toRow, importId }, records);
}

/** Locks the import: it is still to be worked on, and by this worker, whose lease begins anew. */
async function holdsLease(tx: Tx, run: Run, status?: string): Promise<boolean> {
  const row = await tx.maybe<{ status: string }>({
    text: 'select status from imports where workspace_id = $1 and id = $2 for update',
    values: [run.workspaceId, run.importId],
  });
  if (!row || (status !== undefined && row.status !== status)) return false;
  if (status === undefined && row.status !== 'checking' && row.status !== 'running') return false;
  if (run.worker === null) return true;
  const renewed = await tx.run({
    text: `update import_queue set lease_until = clock_timestamp() + make_interval(secs => $4), attempts = 0
      where workspace_id = $1 and import_id = $2 and worker = $3`,
    values: [run.workspaceId, run.importId, run.worker, run.leaseSeconds],
  });
  return renewed === 1;
}

const problemsKept = 100;

async function saveCounts(tx: Tx, run: Run, lines: number, counts: Counts): Promise<void> {
  await tx.run({
    name: 'save-import-counts',
    text: `update imports set lines_done = lines_done + $3, stored = stored + $4, updated = updated + $5,
        duplicates = duplicates + $6, unmatched = unmatched + $7, rejected = rejected + $8,
        lines_total = greatest(lines_total, lines_done + $3),
        problems = case when jsonb_array_length(problems) >= ${problemsKept} then problems else
          (select coalesce(jsonb_agg(p order by n), '[]') from
            jsonb_array_elements(problems || $9::jsonb) with ordinality as l (p, n) where n <= ${problemsKept}) end
      where workspace_id = $1 and id = $2`,
    values: [
      run.workspaceId,
      run.importId,
      lines,
      counts.stored,
      counts.updated,
      counts.duplicates,
      counts.unmatched,
      counts.rejected,
      JSON.stringify(counts.problems.slice(0, problemsKept)),
    ],
  });
}
