import type { ImportJob } from '#contracts/intake.ts';
import type { ImportRow } from './store.ts';

export function present(row: ImportRow): ImportJob {
  const fieldOf = new Map(
    Object.entries(row.mapping?.fields ?? {}).flatMap(([field, from]) =>
      'column' in from ? [[from.column, field] as const] : [],
    ),
  );
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    status: row.status,
    bytes: row.bytes,
    columns: row.columns?.map((column) => ({ ...column, guess: fieldOf.get(column.name) ?? null })) ?? null,
    mapping: row.mapping,
    guessedKind: row.mapping?.kind ?? null,
    linesTotal: row.lines_total,
    linesDone: row.lines_done,
    stored: row.stored,
    updated: row.updated,
    duplicates: row.duplicates,
    unmatched: row.unmatched,
    rejected: row.rejected,
    problems: row.problems,
    error: row.error,
    sameFileAs: row.same_as,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
