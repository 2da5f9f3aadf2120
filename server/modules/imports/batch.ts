/** Some lines of a file into facts, in one transaction; every line ends in exactly one count. */
import type { FactKindName } from '#contracts/facts.ts';
import type { ImportJob, ImportMapping } from '#contracts/intake.ts';
import { type FactContext, type FactResult, storeFacts } from '#server/modules/facts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { columnOf, type RowMaker } from './mapping.ts';
import type { FileRecord } from './records.ts';

export interface Counts {
  stored: number;
  updated: number;
  duplicates: number;
  unmatched: number;
  rejected: number;
  problems: ImportJob['problems'];
}

export interface Batch {
  context: FactContext;
  kind: FactKindName;
  mapping: ImportMapping;
  toRow: RowMaker;
  /** where rejected lines are kept; null = a dry run keeps none */
  importId: number | null;
}

/** Longest rejected line that is kept to be given back. */
const longestKept = 20_000;

export async function storeBatch(tx: Tx, batch: Batch, records: readonly FileRecord[]): Promise<Counts> {
  const readable = records.filter((record) => record.values !== null);
  const results = await storeRows(
    tx,
    batch,
    readable.map((record) => batch.toRow(record.values!)),
  );
  const resultOf = new Map(readable.map((record, i) => [record, results[i]!]));
  const counts: Counts = { stored: 0, updated: 0, duplicates: 0, unmatched: 0, rejected: 0, problems: [] };
  const rejected: { record: FileRecord; field: string | null; reason: string }[] = [];
  for (const record of records) {
    const result = resultOf.get(record);
    if (result && result.outcome !== 'rejected') {
      counts[result.outcome === 'duplicate' ? 'duplicates' : result.outcome]++;
      continue;
    }
    counts.rejected++;
    const reason = result?.reason ?? record.fault ?? 'cannot be read';
    const column = columnOf(batch.mapping, result?.field ?? null);
    rejected.push({ record, field: column ?? result?.field ?? null, reason });
    counts.problems.push({ line: record.line, column, message: reason });
  }
  if (batch.importId !== null) await keepRejected(tx, batch.context.workspaceId, batch.importId, rejected);
  return counts;
}

/**
 * Stores rows together. Should the database refuse a value that was let through, the rows are halved until the one is
 * found, so that it alone is set aside.
 */
async function storeRows(tx: Tx, batch: Batch, rows: Record<string, unknown>[]): Promise<FactResult[]> {
  await tx.run({ text: 'savepoint rows', values: [] });
  try {
    const results = await storeFacts(tx, batch.context, batch.kind, rows);
    await tx.run({ text: 'release savepoint rows', values: [] });
    return results;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await tx.run({ text: 'rollback to savepoint rows', values: [] });
    await tx.run({ text: 'release savepoint rows', values: [] });
    if (rows.length === 1) {
      return [{ outcome: 'rejected', field: null, reason: `cannot be stored: ${(error as Error).message}` }];
    }
    const middle = Math.ceil(rows.length / 2);
    const first = await storeRows(tx, batch, rows.slice(0, middle));
    return [...first, ...(await storeRows(tx, batch, rows.slice(middle)))];
  }
}

/** Classes 22 (data exception) and 23 (constraint violation). */
function isRefusal(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '');
}

async function keepRejected(
  tx: Tx,
  workspaceId: number,
  importId: number,
  rejected: readonly { record: FileRecord; field: string | null; reason: string }[],
): Promise<void> {
  if (rejected.length === 0) return;
  await tx.run({
    name: 'keep-rejected-lines',
    text: `insert into import_rejects (workspace_id, import_id, line, reason, field, raw)
      select $1, $2, * from unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) on conflict do nothing`,
    values: [
      workspaceId,
      importId,
      rejected.map((r) => r.record.line),
      rejected.map((r) => r.reason),
      rejected.map((r) => r.field),
      rejected.map((r) => r.record.raw.slice(0, longestKept).toWellFormed().replaceAll('\0', '\ufffd')),
    ],
  });
}
