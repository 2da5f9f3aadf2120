/** What the tables look like, asked of the database, so that a new column is exported without anybody thinking of it. */
import type { Tx } from '#server/platform/db/pool.ts';
import { type ExportedTable, exportedTables } from './tables.ts';

export interface Shape extends ExportedTable {
  /** columns that are stored and not left out, without workspace_id */
  columns: readonly string[];
  /** what a line of the file has: the columns, and fields that no column has */
  fields: readonly string[];
  /** the order of the lines */
  key: readonly string[];
  /** the column whose values the database gives out, if there is one */
  identity: string | null;
}

interface Column {
  table: string;
  name: string;
  identity: boolean;
  /** place in the primary key, from 1; null = not in it */
  place: number | null;
}

/** In the order of `exportedTables`. */
export async function readShapes(tx: Tx): Promise<Shape[]> {
  const columns = await tx.many<Column>({
    text: `select c.relname as table, a.attname as name, a.attidentity <> '' as identity,
        array_position(i.indkey::int2[], a.attnum) as place
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.oid = any($1::text[]::regclass[]) and a.attname <> 'workspace_id'
      order by a.attnum`,
    values: [exportedTables.map(({ table }) => `public.${table}`)],
  });
  const byTable = Map.groupBy(columns, ({ table }) => table);
  return exportedTables.map((exported) => shapeOf(exported, byTable.get(exported.table) ?? []));
}

function shapeOf(exported: ExportedTable, all: readonly Column[]): Shape {
  const kept = all.filter(({ name }) => exported.without?.[name] === undefined).map(({ name }) => name);
  const extra = Object.keys(exported.as ?? {}).filter((name) => !kept.includes(name));
  const key = all.filter(({ place }) => place !== null).sort((a, b) => a.place! - b.place!);
  return {
    ...exported,
    columns: kept,
    fields: [...kept, ...extra],
    key: key.map(({ name }) => name),
    identity: all.find(({ identity }) => identity)?.name ?? null,
  };
}

/** The number of the newest migration: only databases of the same one hold the same data. */
export async function readMigration(tx: Tx): Promise<number> {
  return (await tx.one<{ n: number }>({ text: 'select max(version)::int as n from schema_migrations', values: [] })).n;
}
