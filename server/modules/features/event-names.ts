import sql, { empty, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { eventName } from '#contracts/signals.ts';
import { notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { recount } from './store.ts';

export type EventName = z.infer<typeof eventName>;

interface Row extends Omit<EventName, 'firstSeen'> {
  firstSeen: Date;
}

/** Raw events read to say how often a name occurs; more than these in 30 days are estimated from the newest. */
const sampledEvents = 100_000;
const mostListed = 2_000;

/** Most frequent first; `q` is a part of the name. */
export async function listEventNames(tx: Tx, workspaceId: number, q: string | undefined): Promise<EventName[]> {
  const part = q?.trim() ? `%${q.trim().replace(/[\\%_]/g, '\\$&')}%` : null;
  const rows = await selectNames(tx, workspaceId, part === null ? empty : sql`and n.name ilike ${part}`);
  return rows.map(present);
}

/** @throws AppError 404 */
export async function changeEventName(tx: Tx, actor: Actor, id: number, isLogin: boolean): Promise<EventName> {
  const { workspaceId } = actor;
  const before = await tx.maybe<{ name: string; is_login: boolean }>(sql`select name, is_login from event_names
    where workspace_id = ${workspaceId} and id = ${id} for update`);
  if (!before) throw notFound('event');
  if (before.is_login !== isLogin) {
    await tx.run(sql`update event_names set is_login = ${isLogin} where workspace_id = ${workspaceId} and id = ${id}`);
    await audit(tx, actor, 'updated', 'event_name', id, { name: before.name, isLogin });
    await recount(tx, workspaceId);
  }
  const [row] = await selectNames(tx, workspaceId, sql`and n.id = ${id}`);
  return present(row!);
}

/**
 * The frequency is that of raw events and imported counts. Raw events beyond the sample are taken to come as densely as
 * the sample did: a month of them may be billions.
 */
function selectNames(tx: Tx, workspaceId: number, which: Sql): Promise<Row[]> {
  return tx.many(sql`
    with sample as materialized (select e.ts, e.event_name_id from events e
      where e.workspace_id = ${workspaceId} and e.ts > now() - interval '30 days' and e.ts <= now()
      order by e.ts desc limit ${sampledEvents}),
    span as (select case when count(*) < ${sampledEvents} then 1 else greatest(1,
      extract(epoch from interval '30 days') / greatest(1, extract(epoch from now() - min(ts)))) end as factor from sample),
    seen as (
      select event_name_id as id, count(*) * (select factor from span) as n from sample group by 1
      union all
      select event_name_id, coalesce(sum(count), 0) from usage_counts
      where workspace_id = ${workspaceId} and day > current_date - 30 and day <= current_date group by 1)
    select n.id, n.kind, n.name, n.is_login as "isLogin", n.first_seen as "firstSeen",
      array(select f.feature_id from feature_events f
        where f.workspace_id = n.workspace_id and f.event_name_id = n.id order by 1) as features,
      (select coalesce(round(sum(s.n)), 0)::bigint from seen s where s.id = n.id) as "events30d"
    from event_names n where n.workspace_id = ${workspaceId} ${which}
    order by "events30d" desc, lower(n.name), n.id limit ${mostListed}`);
}

function present(row: Row): EventName {
  return { ...row, firstSeen: row.firstSeen.toISOString() };
}
