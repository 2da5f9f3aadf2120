import sql, { empty, raw, type Sql } from 'sql-template-tag';
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
 * counted and cut. CPU time of database and server at 100 000 accounts, on 2 cores that were busy with other work: without
 * a filter 55–65 ms whatever the sort, with filters on columns 25–45, search 30, one signal 65, two signals and a band 100,
 * an attribute that equals a text 75, one above a number 115–140 (where four of five accounts are). bench/account-list.ts
 * asks all of these. Rejected: joining accounts with their states (70 ms for the sum alone); an index for each sort (each
 * new score would write to it, and the sum needs the pass anyway); attributes inside `account_list` (10 ms less for theirs,
 * 5 ms more for every other question); sums kept elsewhere (any filter must have them).
 */
export async function listPage(
  tx: Tx,
  conditions: Sql,
  { workspaceId, sort, direction }: ListOrder,
  { position, limit }: { position: Position | null; limit: number },
): Promise<ListAnswer> {
  const rows = await tx.many<ListAnswer['rows'][number] & { total: number; arr: number }>(sql`
    with matched as materialized (
      select l.account_id, l.arr_minor, ${sortKey(sort)} as k from account_list l ${sortJoin(sort, workspaceId)}
      where ${conditions}),
    total as (select count(*) as total, least(coalesce(sum(arr_minor), 0), ${Number.MAX_SAFE_INTEGER}::bigint)::bigint as arr
      from matched),
    page as (select account_id, k from matched ${position ? sql`where ${after(position, sort, direction)}` : empty}
      order by ${orderBy(raw('k') as Sql, direction, raw('account_id'))} limit ${limit + 1})
    select total.total, total.arr, page.k, ${listedColumns} from total left join (page
      join account_list l on l.workspace_id = ${workspaceId} and l.account_id = page.account_id ${listedJoins}) on true
    order by ${orderBy(raw('page.k'), direction, raw('page.account_id'))}`);
  const { total, arr } = rows[0]!;
  return { rows: rows.filter(({ id }) => id !== null), total, arrMinor: arr };
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
