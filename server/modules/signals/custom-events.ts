/** What the events of a custom signal come to on single days, for a batch of accounts. */
import { type Day, startOfDay, toIso } from '#core/calendar/day.ts';
import type { CustomEventSignal, EventFilter } from '#core/signals/custom.ts';
import type { CountedDay, MatchedDay, MatchedUsage } from '#core/signals/custom-history.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface EventsAsked {
  /** the first day of the first window */
  fromDay: Day;
  toDay: Day;
  /** nothing later counts */
  at: number;
  /** one window only: its events are given as if all were of its first day, which is a row an account and not one a day */
  together: boolean;
  timeZone: string;
}

/** The day of each account's first event or count; accounts without usage are absent. */
export async function firstUsageDays(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
): Promise<Map<number, Day>> {
  const rows = await tx.many<{ account_id: number; first_day: Day }>({
    name: 'custom-first-days',
    text: `select account_id, day_number(first_day) as first_day from usage_accounts
      where workspace_id = $1 and account_id = any($2::bigint[])`,
    values: [workspaceId, accountIds],
  });
  return new Map(rows.map((row) => [row.account_id, row.first_day]));
}

/** Of the accounts with usage. */
export async function matchedUsage(
  tx: Tx,
  workspaceId: number,
  firstDays: ReadonlyMap<number, Day>,
  signal: CustomEventSignal,
  asked: EventsAsked,
): Promise<Map<number, MatchedUsage>> {
  if (firstDays.size === 0) return new Map();
  const ids = [...firstDays.keys()];
  const matched = Map.groupBy(await matchedDays(tx, workspaceId, ids, signal, asked), (row) => row.account_id);
  const counted = Map.groupBy(await countedDays(tx, workspaceId, ids, signal, asked), (row) => row.account_id);
  return new Map(
    [...firstDays].map(([id, firstDay]) => [
      id,
      { firstDay, matched: matched.get(id) ?? [], counted: counted.get(id) ?? [] },
    ]),
  );
}

/** Days by the calendar of core, whose midnights the database is told: its own time zones may be of another year. */
async function matchedDays(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  { aggregate, event, property, filters }: CustomEventSignal,
  { fromDay, toDay, at, together, timeZone }: EventsAsked,
): Promise<(MatchedDay & { account_id: number })[]> {
  const days = Array.from({ length: together ? 1 : toDay - fromDay + 1 }, (_, i) => fromDay + i);
  const midnights = days.map((day) => new Date(startOfDay(day, timeZone)).toISOString());
  const values: unknown[] = [workspaceId, accountIds, event, midnights, midnights[0], at, fromDay];
  const number = property === undefined ? 'null::float8' : `num(e.properties ->> $${values.push(property)})`;
  const conditions = filters.map((filter) => `and ${filterSql(filter, values)}`).join(' ');
  const users = `coalesce(json_agg(distinct e.contact_id) filter (where e.contact_id is not null), '[]')`;
  return tx.many({
    text: `select e.account_id, $7::int + width_bucket(e.ts, $4::timestamptz[]) - 1 as day, count(*)::float8 as events,
        ${aggregate === 'distinct_users' ? users : `'[]'::json`} as users,
        count(${number})::float8 as numbers, coalesce(sum(${number}), 0)::float8 as sum,
        (array_agg(${number} order by e.ts desc, e.message_id desc) filter (where ${number} is not null))[1] as last
      from events e
      where e.workspace_id = $1 and e.account_id = any($2::bigint[])
        and e.ts >= $5::timestamptz and e.ts <= to_timestamp($6::float8 / 1000)
        and e.event_name_id in (${namesSql}) ${conditions}
      group by 1, 2 order by 1, 2`,
    values,
  });
}

/** An event name counts whichever way it was sent. $1 workspace, $3 name. */
const namesSql = `select id from event_names where workspace_id = $1 and name = $3 and kind in ('track', 'page', 'screen')`;

/** A day that has events is known from them. A row of the whole day (0) does not tell of a single event. */
function countedDays(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  { event }: CustomEventSignal,
  { fromDay, toDay }: EventsAsked,
): Promise<(CountedDay & { account_id: number })[]> {
  return tx.many({
    name: 'custom-counted-days',
    text: `select account_id, day_number(day) as day,
        case when bool_or(mine) then sum(count) filter (where mine) when bool_or(event_name_id <> 0) then 0 end as count,
        case when count(*) filter (where mine) = 1 then max(users) filter (where mine) end as users
      from (select c.*, c.event_name_id in (${namesSql}) as mine from usage_counts c
        where c.workspace_id = $1 and c.account_id = any($2::bigint[]) and c.day between $4::date and $5::date
          and not exists (select 1 from usage_days u where u.workspace_id = $1 and u.account_id = c.account_id
            and u.day = c.day and u.source = 'events')) c
      group by account_id, day order by account_id, day`,
    values: [workspaceId, accountIds, event, toIso(fromDay), toIso(toDay)],
  });
}

const operators = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function filterSql(filter: EventFilter, values: unknown[]): string {
  const property = `e.properties ->> $${values.push(filter.property)}`;
  if (filter.op === 'exists') return `(${property}) is not null`;
  const value = `$${values.push(String(filter.value ?? ''))}`;
  if (filter.op === 'contains') return `strpos(${property}, ${value}) > 0`;
  if (typeof filter.value === 'number') return `num(${property}) ${operators[filter.op]} ${value}::float8`;
  return `(${property}) ${operators[filter.op]} ${value}`;
}
