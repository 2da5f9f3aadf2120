/** Which signals the register lists. */
import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';
import type { SortValue } from '#server/platform/http/sorted-cursor.ts';
import { breached, conditionsOf, type RegisterFilter } from './narrowing.ts';
import { after, keyColumns, keysOf, orderBy } from './order.ts';
import type { RiskRow } from './present.ts';

/** Columns of RiskRow, from the tables of `joins`; `full` sends all evidence rather than the newest. */
export function riskColumns(full: boolean): Sql {
  const evidence = full ? sql`r.state -> 'evidence'` : sql`jsonb_build_array(r.state -> 'evidence' -> -1)`;
  return sql`r.id, r.account_id, a.name as account_name, l.owner_id, m.name as owner_name, l.arr_minor, l.tier, r.rule_key,
    coalesce(u.definition ->> 'title', r.rule_key) as title, coalesce(u.definition ->> 'recommendedAction', '') as action,
    r.urgency, r.status, r.is_open, r.opened_at, r.respond_by, r.responded_at, r.resolved_at, ${breached} as breached,
    to_timestamp((r.state -> 'snooze' ->> 'until')::float8 / 1000) as snoozed_until, ${evidence} as evidence`;
}

export const listJoin = sql`join account_list l on l.workspace_id = r.workspace_id and l.account_id = r.account_id`;
const riskJoins = sql`${listJoin} join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id
  left join members m on m.workspace_id = l.workspace_id and m.id = l.owner_id
  left join risk_rules u on u.workspace_id = r.workspace_id and u.key = r.rule_key`;

export type OrderedRisk = RiskRow & { keys: SortValue[] };

interface Place {
  /** keys of the row before the first one; null = at the beginning */
  position: SortValue[] | null;
  limit: number;
}

/** Ranks of urgencies, the lowest first: urgency_rank of 0009_risk_register.sql, whose 1 no rule has. */
const ranks = [2, 3, 4];

/**
 * The next signals after a position, at most `limit`. The whole register in its usual order is read one urgency after the
 * other: within one, accounts come by their money from an index and few are looked at, where sorting all critical ones of
 * 240 000 took 0.2 s. Where the register is narrowed, signals are few or far between, and sorting is quicker.
 */
export async function registerPage(
  tx: Tx,
  workspaceId: number,
  filter: RegisterFilter,
  { position, limit }: Place,
): Promise<OrderedRisk[]> {
  const order = filter.direction === 'asc' ? ranks : ranks.toReversed();
  const first = position === null ? 0 : order.indexOf(Number(position[0]));
  if (!isWholeByUrgency(filter) || first < 0) return pageOf(tx, workspaceId, filter, { position, limit });
  const found: OrderedRisk[] = [];
  for (const [i, rank] of order.slice(first).entries()) {
    if (found.length >= limit) break;
    const within = { position: i === 0 && position ? position.slice(1) : null, limit: limit - found.length };
    found.push(...(await pageOf(tx, workspaceId, filter, within, rank)));
  }
  return found;
}

function isWholeByUrgency(filter: RegisterFilter): boolean {
  const { sort, status, rule, breached: late, accountId, ownerId, tier, level, q } = filter;
  const narrowing = [rule, late, accountId, ownerId, tier, level, q];
  return sort === 'urgency' && status === 'open' && narrowing.every((one) => one === undefined);
}

/** Found by id first and looked up then; of one urgency, whose rank the position leaves out, or of all. */
function pageOf(
  tx: Tx,
  workspaceId: number,
  filter: RegisterFilter,
  { position, limit }: Place,
  rank: number | null = null,
): Promise<OrderedRisk[]> {
  const { signal, account } = conditionsOf(workspaceId, filter);
  const keys = rank === null ? keysOf(filter) : keysOf(filter).slice(1);
  return tx.many<OrderedRisk>(sql`
    with page as materialized (select r.id from risk_signals r ${listJoin}
      where ${signal} and ${account} ${rank === null ? empty : sql`and r.urgency_rank = ${rank}`}
        ${position ? sql`and ${after(position, keys)}` : empty}
      order by ${orderBy(keys)} limit ${limit})
    select ${riskColumns(filter.accountId !== undefined)}, ${keyColumns(filter)}
    from page join risk_signals r on r.workspace_id = ${workspaceId} and r.id = page.id ${riskJoins}
    order by ${orderBy(keys)}`);
}

/** Opens a server-side cursor over all that match, in order; `fetchRisks` takes from it in the same transaction. */
export async function openRisks(tx: Tx, workspaceId: number, filter: RegisterFilter): Promise<void> {
  const { signal, account } = conditionsOf(workspaceId, filter);
  await tx.run(sql`declare risks no scroll cursor for
    select ${riskColumns(false)} from risk_signals r ${riskJoins}
    where ${signal} and ${account} order by ${orderBy(keysOf(filter))}`);
}

export function fetchRisks(tx: Tx, count: number): Promise<RiskRow[]> {
  return tx.many(raw(`fetch ${count} from risks`));
}

/** One signal with all its evidence; null when there is none. */
export function readRisk(tx: Tx, workspaceId: number, id: number): Promise<RiskRow | null> {
  return tx.maybe(sql`select ${riskColumns(true)} from risk_signals r ${riskJoins}
    where r.workspace_id = ${workspaceId} and r.id = ${id}`);
}
