/** Facts of one table, in one statement: new ones are added, changed ones change, equal ones are left alone. */
import { type Family, markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { dayOfInstant, type FactContext, type Outcome, pastOnly } from './context.ts';

export interface FactTable {
  name: string;
  family: Family;
  /** column → PostgreSQL type, and the fields that it is made of, separated by spaces */
  columns: Readonly<Record<string, readonly [type: string, fields: string]>>;
  /** the columns that say from when on the fact counts: the earliest of them, separated by commas */
  when: string;
}

export interface FactRow {
  key: string;
  accountId: number;
  values: Readonly<Record<string, unknown>>;
  /** columns that were given: only these change in a fact that is there already */
  given: readonly string[];
}

/** The row of a fact. A column takes the value of its (first) field, unless `values` gives another. */
export function factRow(
  table: FactTable,
  { fact, given, accountId }: { fact: object; given: ReadonlySet<string>; accountId: number },
  key: string,
  values: Readonly<Record<string, unknown>> = {},
): FactRow {
  const row: Record<string, unknown> = {};
  const columnsGiven: string[] = [];
  for (const [column, [, fields]] of Object.entries(table.columns)) {
    const sources = fields.split(' ');
    row[column] = column in values ? values[column] : (fact as Record<string, unknown>)[sources[0]!];
    if (sources.some((field) => given.has(field))) columnsGiven.push(column);
  }
  return { key, accountId, values: row, given: columnsGiven };
}

export interface Written {
  id: number;
  outcome: Outcome;
}

/**
 * Writes rows, one result for each, in order, and marks their accounts dirty. Rows of the same key are one fact: later ones
 * win, and earlier ones count as duplicates.
 */
export async function upsertFacts(
  tx: Tx,
  context: FactContext,
  table: FactTable,
  rows: readonly FactRow[],
): Promise<Written[]> {
  if (rows.length === 0) return [];
  const folded = foldByKey(rows);
  const results = await tx.many<Result>({
    name: `upsert-${table.name}`,
    text: textOf(table),
    values: [
      context.workspaceId,
      context.source,
      JSON.stringify(folded.map((row) => ({ key: row.key, account: row.accountId, given: row.given, ...row.values }))),
    ],
  });
  // Added by another transaction after this statement began: the whole transaction runs again and finds them.
  if (results.some((row) => row.id === null))
    throw Object.assign(new Error('facts were added meanwhile'), { code: '40001' });
  await markChanged(tx, context, table, folded, results);
  const byKey = new Map(results.map((row) => [row.key, { id: row.id!, outcome: row.outcome }]));
  const lastOf = new Map(rows.map((row, i) => [row.key, i]));
  return rows.map((row, i) => {
    const written = byKey.get(row.key)!;
    return lastOf.get(row.key) === i ? written : { ...written, outcome: 'duplicate' };
  });
}

interface Result {
  key: string;
  id: number | null;
  outcome: Outcome;
  previous_account: number | null;
  previous_when: string | null;
  current_when: string | null;
}

/** One row a key, in the order of keys: every writer locks in the same order. */
function foldByKey(rows: readonly FactRow[]): FactRow[] {
  const byKey = new Map<string, FactRow>();
  for (const row of rows) {
    const earlier = byKey.get(row.key);
    if (!earlier) byKey.set(row.key, row);
    else {
      const later = Object.fromEntries(row.given.map((column) => [column, row.values[column]]));
      const given = [...new Set([...earlier.given, ...row.given])];
      byKey.set(row.key, { ...row, values: { ...earlier.values, ...later }, given });
    }
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

const texts = new Map<FactTable, string>();

function textOf(table: FactTable): string {
  const known = texts.get(table);
  if (known !== undefined) return known;
  const columns = Object.keys(table.columns);
  const when = (prefix: string) => `least(${table.when.split(',').map((c) => prefix + c)})::text`;
  const next = columns.map((c) => `case when '${c}' = any (r.given) then r.${c} else t.${c} end`);
  const text = `
    with r as (
      select * from json_to_recordset($3) as r (key text, account bigint, given text[],
        ${columns.map((c) => `${c} ${table.columns[c]![0]}`).join(', ')})),
    old as (
      select t.id, t.external_id as key, t.account_id, ${when('t.')} as at from ${table.name} t
        join r on t.workspace_id = $1 and t.source = $2 and t.external_id = r.key),
    changed as (
      update ${table.name} t set account_id = r.account, ${columns.map((c, i) => `${c} = ${next[i]}`).join(', ')}
        from r where t.workspace_id = $1 and t.source = $2 and t.external_id = r.key
          and (t.account_id, ${columns.map((c) => `t.${c}`).join(', ')}) is distinct from (r.account, ${next.join(', ')})
        returning t.id, ${when('t.')} as at),
    added as (
      insert into ${table.name} (workspace_id, source, external_id, account_id, ${columns.join(', ')})
        select $1, $2, r.key, r.account, ${columns.map((c) => `r.${c}`).join(', ')} from r
         where not exists (select 1 from old where old.key = r.key)
        on conflict do nothing returning id, external_id as key, ${when('')} as at)
    select r.key, coalesce(added.id, old.id) as id,
      case when added.id is not null then 'stored' when changed.id is not null then 'updated' else 'duplicate' end as outcome,
      old.account_id as previous_account, old.at as previous_when, coalesce(added.at, changed.at) as current_when
    from r left join old on old.key = r.key left join added on added.key = r.key
      left join changed on changed.id = old.id`;
  texts.set(table, text);
  return text;
}

async function markChanged(
  tx: Tx,
  context: FactContext,
  table: FactTable,
  rows: readonly FactRow[],
  results: readonly Result[],
): Promise<void> {
  const accountOf = new Map(rows.map((row) => [row.key, row.accountId]));
  const dirty = results.flatMap((result) => {
    if (result.outcome === 'duplicate') return [];
    const from = earliest(result.previous_when, result.current_when);
    const historyFrom = pastOnly(from === null ? null : dayFrom(from, context), context);
    const accounts = new Set([accountOf.get(result.key)!, result.previous_account ?? accountOf.get(result.key)!]);
    return [...accounts].map((accountId) => ({ accountId, families: [table.family], historyFrom }));
  });
  await markDirty(tx, context.workspaceId, dirty);
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Sessions run in UTC, so a time is '2026-03-01 09:00:00+00'; a day is '2026-03-01'. */
function dayFrom(when: string, context: FactContext): string {
  return when.length === 10 ? when : dayOfInstant(when.replace(' ', 'T').replace(/\+00$/, 'Z'), context);
}
