import sql, { empty, raw, type Sql } from 'sql-template-tag';
import { inOnePass } from '#server/platform/db/pass.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Position } from '#server/platform/http/sorted-cursor.ts';
import { after, type Direction, orderBy, type SortField, sortJoin, sortKey } from './sorts.ts';

/** An account as a list shows it: `account_list`, its name, owner and the rest of its state. */
export interface ListedRow {
  id: number;
  name: string;
  owner_id: number | null;
  owner_name: string | null;
  tier: string | null;
  stage: string | null;
  tags: string[];
  industry: string | null;
  country: string | null;
  state: 'scored' | 'insufficient' | null;
  score: number | null;
  band: string | null;
  coverage: number | null;
  overridden: boolean;
  change_7d: number | null;
  change_30d: number | null;
  spark: (number | null)[] | null;
  risk_level: number;
  open_risks: number;
  arr_minor: number | null;
  renewal_day: string | null;
  seats: number | null;
  active_users: number | null;
  last_active_day: string | null;
  as_of: Date | null;
}

/** Columns of ListedRow, from `account_list l`, `accounts a`, `account_states s` and `members m`. */
export const listedColumns = sql`l.account_id as id, a.name, l.owner_id, m.name as owner_name, l.tier, l.stage, l.tags,
  l.industry, l.country, l.state, l.score, l.band, l.coverage, l.overridden, l.change_7d, l.change_30d, s.spark,
  l.risk_level, l.open_risks, l.arr_minor, l.renewal_day, l.seats, l.active_users, l.last_active_day, s.as_of`;

/** What `listedColumns` needs beside `account_list l`. */
export const listedJoins = sql`join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
  left join account_states s on s.workspace_id = l.workspace_id and s.account_id = l.account_id
  left join members m on m.workspace_id = l.workspace_id and m.id = l.owner_id`;

export interface ListOrder {
  workspaceId: number;
  sort: SortField;
  direction: Direction;
}

export interface ListAnswer {
  rows: (ListedRow & { k: number | string | null })[];
  total: number;
  arrMinor: number;
}

/**
 * One page, with the number and the ARR of all that match: one pass over `account_list`, kept as (id, key, ARR), then
 * counted and cut; the rows shown are looked up last. bench/account-list.ts asks all kinds of questions. Rejected: joining
 * accounts with their states (70 ms for the sum alone at 100 000 accounts); an index for each sort (each new score would
 * write to it, and the sum needs the pass anyway); attributes inside `account_list` (each change of one would be written
 * twice); a row for each attribute with an index (twenty times the rows of accounts); sums kept elsewhere (any filter must
 * have them).
 */
export async function listPage(
  tx: Tx,
  conditions: Sql,
  { workspaceId, sort, direction }: ListOrder,
  { position, limit }: { position: Position | null; limit: number },
): Promise<ListAnswer> {
  const found = await inOnePass(tx, (pass) =>
    pass.many<{ total: number; arr: number; id: number | null; k: number | string | null }>(sql`
    with matched as materialized (
      select l.account_id, l.arr_minor, ${sortKey(sort)} as k from account_list l ${sortJoin(sort, workspaceId)}
      where ${conditions}),
    total as (select count(*) as total, least(coalesce(sum(arr_minor), 0), ${Number.MAX_SAFE_INTEGER}::bigint)::bigint as arr
      from matched),
    page as (select account_id, k from matched ${position ? sql`where ${after(position, sort, direction)}` : empty}
      order by ${orderBy(raw('k') as Sql, direction, raw('account_id'))} limit ${limit + 1})
    select total.total, total.arr, page.account_id as id, page.k from total left join page on true`),
  );
  const { total, arr } = found[0]!;
  const keys = new Map(found.flatMap(({ id, k }) => (id === null ? [] : [[id, k] as const])));
  const rows = await tx.many<ListedRow>(sql`select ${listedColumns} from account_list l ${listedJoins}
    where l.workspace_id = ${workspaceId} and l.account_id = any(${[...keys.keys()]}::bigint[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { rows: [...keys].map(([id, k]) => ({ ...byId.get(id)!, k })), total, arrMinor: arr };
}

/** Opens a server-side cursor over all that match, in order; `fetchListed` takes from it within the same transaction. */
export async function openListed(
  tx: Tx,
  conditions: Sql,
  { workspaceId, sort, direction }: ListOrder,
  columns: Sql,
): Promise<void> {
  const key = sortKey(sort);
  await tx.run(sql`declare listed no scroll cursor for
    select ${listedColumns}, ${columns} from account_list l ${listedJoins} ${sortJoin(sort, workspaceId)}
    where ${conditions} order by ${orderBy(key, direction, raw('l.account_id'))}`);
}

export function fetchListed<T extends ListedRow>(tx: Tx, count: number): Promise<T[]> {
  return tx.many<T>(raw(`fetch ${count} from listed`));
}
