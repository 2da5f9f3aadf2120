/** Which signals the register lists, in which order. */
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Parsed } from '#contracts/kit.ts';
import type { listRisks } from '#contracts/risk.ts';
import { urgencies } from '#contracts/risk.ts';
import { invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Position, SortValue } from '#server/platform/http/sorted-cursor.ts';
import type { RiskRow } from './present.ts';

type Query = Parsed<typeof listRisks>['query'];
export type RegisterFilter = Omit<Query, 'limit' | 'cursor'>;

/** A response time that passed, also in the moment before the evaluator marks it. */
const breached = sql`(r.state ->> 'breachedAt' is not null
  or (r.is_open and r.responded_at is null and r.respond_by < now() and r.status <> 'snoozed'))`;

/** Columns of RiskRow, from the tables of `joins`; `full` sends all evidence rather than the newest. */
export function riskColumns(full: boolean): Sql {
  const evidence = full ? sql`r.state -> 'evidence'` : sql`jsonb_build_array(r.state -> 'evidence' -> -1)`;
  return sql`r.id, r.account_id, a.name as account_name, l.owner_id, m.name as owner_name, l.arr_minor, l.tier, r.rule_key,
    coalesce(u.definition ->> 'title', r.rule_key) as title, coalesce(u.definition ->> 'recommendedAction', '') as action,
    r.urgency, r.status, r.is_open, r.opened_at, r.respond_by, r.responded_at, r.resolved_at, ${breached} as breached,
    to_timestamp((r.state -> 'snooze' ->> 'until')::float8 / 1000) as snoozed_until, ${evidence} as evidence`;
}

const listJoin = sql`join account_list l on l.workspace_id = r.workspace_id and l.account_id = r.account_id`;
export const riskJoins = sql`${listJoin} join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id
  left join members m on m.workspace_id = l.workspace_id and m.id = l.owner_id
  left join risk_rules u on u.workspace_id = r.workspace_id and u.key = r.rule_key`;

/** The conditions of a filter. @throws AppError 400 naming the filter */
export function conditionsOf(workspaceId: number, filter: RegisterFilter): Sql {
  const { status, ownerId, tier, accountId, q } = filter;
  for (const field of ['q', 'tier', 'rule'] as const) {
    // no text of the database has one, and an export would find out after it has begun
    if (filter[field]?.includes('\0')) throw invalidField(field, 'Must not hold the character NUL.');
  }
  const urgency = listOf(filter.urgency);
  const unknown = urgency?.find((one) => !urgencies.some((known) => known === one));
  if (unknown !== undefined) throw invalidField('urgency', `There is no urgency "${unknown}".`);
  const rules = listOf(filter.rule);
  const all = [
    sql`r.workspace_id = ${workspaceId} and not l.merged`,
    ...(status === 'all' ? [] : [status === 'open' ? sql`r.is_open` : sql`not r.is_open`]),
    ...(urgency === null ? [] : [sql`r.urgency = any(${urgency}::text[])`]),
    ...(rules === null ? [] : [sql`r.rule_key = any(${rules}::text[])`]),
    ...(ownerId === undefined ? [] : [ownerId === 0 ? sql`l.owner_id is null` : sql`l.owner_id = ${ownerId}`]),
    ...(tier === undefined ? [] : [sql`l.tier = ${tier}`]),
    ...(filter.breached === undefined ? [] : [filter.breached ? breached : sql`not ${breached}`]),
    ...(accountId === undefined ? [] : [sql`r.account_id = ${accountId}`]),
    ...(q === undefined || q.trim() === '' ? [] : [sql`strpos(l.name_key, name_key(${q.trim()})) > 0`]),
  ];
  return join(all, ' and ');
}

function listOf(text: string | undefined): string[] | null {
  if (text === undefined || text === '') return null;
  return text.split(',').map((one) => one.trim());
}

interface Sort {
  type: 'float8' | 'text';
  column: Sql;
}

const sorts: Record<Query['sort'], Sort> = {
  respondBy: { type: 'float8', column: sql`ms(r.respond_by)` },
  openedAt: { type: 'float8', column: sql`ms(r.opened_at)` },
  arrMinor: { type: 'float8', column: sql`l.arr_minor::float8` },
  accountName: { type: 'text', column: sql`l.name_key` },
  // the most urgent first, and of one urgency what must be answered first
  urgency: {
    type: 'float8',
    column: sql`array_position(array['low', 'medium', 'high', 'critical'], r.urgency) * 1e11 - coalesce(ms(r.respond_by), 0) / 1000`,
  },
};

export function isValueOf(sort: Query['sort']): (value: NonNullable<SortValue>) => boolean {
  const wanted = sorts[sort].type === 'text' ? 'string' : 'number';
  return (value) => typeof value === wanted;
}

function orderBy(direction: Query['direction']): Sql {
  return raw(`k ${direction} nulls last, id ${direction}`);
}

function after(position: Position, { sort, direction }: RegisterFilter): Sql {
  const beyond = raw(direction === 'asc' ? '>' : '<');
  if (position.value === null) return sql`where k is null and id ${beyond} ${position.id}::bigint`;
  const value = sql`${position.value}::${raw(sorts[sort].type)}`;
  return sql`where k ${beyond} ${value} or (k = ${value} and id ${beyond} ${position.id}::bigint) or k is null`;
}

export interface RegisterPage {
  rows: (RiskRow & { k: number | string | null })[];
  total: number;
  accounts: number;
  late: number;
  arr: number;
  by_urgency: { urgency: string; signals: number; arr: number }[];
}

/** One page with the sums of all that match: one pass over the signals. An account's ARR counts once in each sum. */
export async function registerPage(
  tx: Tx,
  workspaceId: number,
  filter: RegisterFilter,
  { position, limit }: { position: Position | null; limit: number },
): Promise<RegisterPage> {
  const { sort, direction } = filter;
  const rows = await tx.many<RegisterPage['rows'][number] & Omit<RegisterPage, 'rows'>>(sql`
    with matched as materialized (
      select r.id, r.account_id, l.arr_minor, r.urgency, ${breached} as breached, ${sorts[sort].column} as k
      from risk_signals r ${listJoin} where ${conditionsOf(workspaceId, filter)}),
    counted as (select count(*) as total, count(distinct account_id) as accounts, count(*) filter (where breached) as late
      from matched),
    summed as (select coalesce(sum(arr_minor), 0)::bigint as arr from (select distinct account_id, arr_minor from matched) one),
    urgent as (select coalesce(json_agg(json_build_object('urgency', urgency, 'signals', signals, 'arr', arr)), '[]') as by_urgency
      from (select urgency, sum(signals) as signals, coalesce(sum(arr_minor), 0) as arr
        from (select urgency, account_id, arr_minor, count(*) as signals from matched group by 1, 2, 3) one group by urgency) each),
    page as (select id, k from matched ${position ? after(position, filter) : empty} order by ${orderBy(direction)} limit ${limit + 1})
    select counted.*, summed.arr, urgent.by_urgency, page.k, p.* from counted, summed, urgent left join (page
      join lateral (select ${riskColumns(filter.accountId !== undefined)} from risk_signals r ${riskJoins}
        where r.workspace_id = ${workspaceId} and r.id = page.id) p on true) on true
    order by ${raw(`page.k ${direction} nulls last, page.id ${direction}`)}`);
  const { total, accounts, late, arr, by_urgency } = rows[0]!;
  return {
    rows: rows.filter(({ id }) => id !== null),
    total,
    accounts,
    late,
    arr,
    by_urgency,
  };
}

/** Opens a server-side cursor over all that match, in order; `fetchRisks` takes from it in the same transaction. */
export async function openRisks(tx: Tx, workspaceId: number, filter: RegisterFilter): Promise<void> {
  await tx.run(sql`declare risks no scroll cursor for
    select ${riskColumns(false)}, ${sorts[filter.sort].column} as k from risk_signals r ${riskJoins}
    where ${conditionsOf(workspaceId, filter)} order by ${orderBy(filter.direction)}`);
}

export function fetchRisks(tx: Tx, count: number): Promise<RiskRow[]> {
  return tx.many(raw(`fetch ${count} from risks`));
}

/** One signal with all its evidence; null when there is none. */
export function readRisk(tx: Tx, workspaceId: number, id: number): Promise<RiskRow | null> {
  return tx.maybe(sql`select ${riskColumns(true)} from risk_signals r ${riskJoins}
    where r.workspace_id = ${workspaceId} and r.id = ${id}`);
}
