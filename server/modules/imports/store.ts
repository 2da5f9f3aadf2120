/** The rows of imports, and the queue of those to be worked on. */

import type { ColumnSample } from '#contracts/guess.ts';
import type { ImportJob, ImportMapping } from '#contracts/intake.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FileFormat } from './format.ts';

export interface ImportRow {
  id: number;
  name: string;
  kind: string | null;
  status: ImportJob['status'];
  mapping: ImportMapping | null;
  columns: ColumnSample[] | null;
  file: string | null;
  format: FileFormat | null;
  bytes: number;
  lines_total: number | null;
  lines_done: number;
  stored: number;
  updated: number;
  duplicates: number;
  unmatched: number;
  rejected: number;
  problems: ImportJob['problems'];
  error: string | null;
  created_by: number | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  same_as: number | null;
}

const columns = `i.id, i.name, i.kind, i.status, i.mapping, i.columns, i.file, i.format, i.bytes, i.lines_total, i.lines_done,
  i.stored, i.updated, i.duplicates, i.unmatched, i.rejected, i.problems, i.error, i.created_by, i.created_at, i.started_at,
  i.finished_at, (select o.id from imports o where o.workspace_id = i.workspace_id and o.content_hash = i.content_hash
    and o.id < i.id and o.status = 'done' order by o.id desc limit 1) as same_as`;

export interface NewImport {
  name: string;
  file: string;
  format: FileFormat;
  columns: ColumnSample[];
  mapping: ImportMapping | null;
  bytes: number;
  contentHash: string;
  linesTotal: number;
  createdBy: number | null;
}

/**
 * How the newest finished import of a file with these columns was mapped, that of the very same file first; null when there
 * is none. The dates of another file are not moved as those of that one were.
 */
export async function earlierMapping(
  tx: Tx,
  workspaceId: number,
  { contentHash, format }: Pick<NewImport, 'contentHash' | 'format'>,
): Promise<ImportMapping | null> {
  const earlier = await tx.maybe<{ mapping: ImportMapping; same: boolean }>({
    text: `select mapping, content_hash = $2 as same from imports
      where workspace_id = $1 and status = 'done' and (content_hash = $2 or format -> 'columns' = $3::jsonb)
      order by content_hash = $2 desc, id desc limit 1`,
    values: [workspaceId, contentHash, JSON.stringify(format.columns)],
  });
  if (!earlier) return null;
  const { shiftDays: _, ...unmoved } = earlier.mapping;
  return earlier.same ? earlier.mapping : unmoved;
}

export async function insertImport(tx: Tx, workspaceId: number, own: NewImport): Promise<ImportRow> {
  const { id } = await tx.one<{ id: number }>({
    text: `insert into imports (workspace_id, name, kind, status, mapping, columns, file, format, bytes, content_hash,
        lines_total, created_by)
      values ($1, $2, $3, 'uploaded', $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    values: [
      workspaceId,
      own.name,
      own.mapping?.kind ?? null,
      own.mapping && JSON.stringify(own.mapping),
      JSON.stringify(own.columns),
      own.file,
      JSON.stringify(own.format),
      own.bytes,
      own.contentHash,
      own.linesTotal,
      own.createdBy,
    ],
  });
  return (await findImport(tx, workspaceId, id))!;
}

export function findImport(tx: Tx, workspaceId: number, id: number): Promise<ImportRow | null> {
  return tx.maybe<ImportRow>({
    text: `select ${columns} from imports i where i.workspace_id = $1 and i.id = $2`,
    values: [workspaceId, id],
  });
}

/** As `findImport`; nobody else changes it until this transaction ends. */
export function lockImport(tx: Tx, workspaceId: number, id: number): Promise<ImportRow | null> {
  return tx.maybe<ImportRow>({
    text: `select ${columns} from imports i where i.workspace_id = $1 and i.id = $2 for update of i`,
    values: [workspaceId, id],
  });
}

/** Newest first, below `before` where it is given. */
export function listImports(tx: Tx, workspaceId: number, before: number | null, limit: number): Promise<ImportRow[]> {
  return tx.many<ImportRow>({
    text: `select ${columns} from imports i where i.workspace_id = $1 and ($2::bigint is null or i.id < $2)
      order by i.id desc limit $3`,
    values: [workspaceId, before, limit],
  });
}

/** Puts a run into the queue with fresh counters. */
export async function queueImport(
  tx: Tx,
  workspaceId: number,
  id: number,
  status: 'checking' | 'running',
  mapping: ImportMapping,
): Promise<void> {
  await tx.run({
    text: `update imports set status = $3, mapping = $4, kind = $5, source = $6, lines_done = 0, stored = 0, updated = 0,
        duplicates = 0, unmatched = 0, rejected = 0, problems = '[]', error = null, started_at = now(), finished_at = null
      where workspace_id = $1 and id = $2`,
    values: [workspaceId, id, status, JSON.stringify(mapping), mapping.kind, mapping.source],
  });
  await tx.run({
    text: 'delete from import_rejects where workspace_id = $1 and import_id = $2',
    values: [workspaceId, id],
  });
  await tx.run({
    text: `insert into import_queue (workspace_id, import_id) values ($1, $2)
      on conflict (workspace_id, import_id) do update set worker = null, lease_until = '-infinity', attempts = 0, queued_at = now()`,
    values: [workspaceId, id],
  });
}

export async function endImport(
  tx: Tx,
  workspaceId: number,
  id: number,
  status: 'checked' | 'done' | 'failed' | 'cancelled',
  error: string | null = null,
): Promise<void> {
  await tx.run({
    text: `update imports set status = $3, error = $4, finished_at = now(),
        lines_total = case when $3 in ('checked', 'done') then lines_done else lines_total end
      where workspace_id = $1 and id = $2`,
    values: [workspaceId, id, status, error],
  });
  await tx.run({
    text: 'delete from import_queue where workspace_id = $1 and import_id = $2',
    values: [workspaceId, id],
  });
}
