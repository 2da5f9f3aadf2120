/** Rows that name their owner in a column, moved from one owner to another so that exactly they can be moved back. */
import type { Tx } from './pool.ts';

export interface OwnedTable {
  table: string;
  /** the column that names the owner */
  owner: string;
  /** what a row is recognised by besides its owner: columns and their types */
  key: Readonly<Record<string, string>>;
  /** further condition on the rows `c` that move; $1 = workspace, $2 = from, $3 = to */
  only?: string;
}

export interface Owners {
  workspaceId: number;
  from: number;
  to: number;
}

/** The key of a moved row, in the order of its table's `key`; times as text, to the microsecond. */
export type RowKey = (string | number)[];

/** Gives the rows of one owner to another and returns which they were. What the other has under the same key stays. */
export async function moveRows(tx: Tx, { workspaceId, from, to }: Owners, place: OwnedTable): Promise<RowKey[]> {
  const { table, owner, key, only } = place;
  const columns = Object.keys(key);
  const same = columns.map((column) => `and o.${column} = c.${column}`).join(' ');
  const moved = await tx.many<Record<string, string | number>>({
    text: `update ${table} c set ${owner} = $3 where workspace_id = $1 and ${owner} = $2
        and not exists (select 1 from ${table} o where o.workspace_id = $1 and o.${owner} = $3 ${same})
        ${only === undefined ? '' : `and ${only}`}
      returning ${columns.map((column) => (key[column] === 'timestamptz' ? `${column}::text` : column)).join()}`,
    values: [workspaceId, from, to],
  });
  return moved.map((row) => columns.map((column) => row[column]!));
}

/** Takes back what moved from `from` to `to`; what has gone elsewhere since stays there, and so does what would meet its like. */
export async function moveRowsBack(
  tx: Tx,
  { workspaceId, from, to }: Owners,
  { table, owner, key }: OwnedTable,
  rows: readonly RowKey[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(key);
  const same = columns.map((column) => `and o.${column} = c.${column}`).join(' ');
  await tx.run({
    text: `update ${table} c set ${owner} = $2 where workspace_id = $1 and ${owner} = $3
      and (${columns.join()}) in (select * from unnest(${columns.map((column, i) => `$${i + 4}::${key[column]}[]`).join()}))
      and not exists (select 1 from ${table} o where o.workspace_id = $1 and o.${owner} = $2 ${same})`,
    values: [workspaceId, from, to, ...columns.map((_, i) => rows.map((row) => row[i]))],
  });
}
