/** Values of a workspace's own signals, for a batch of accounts: aggregates over raw events, and account attributes. */
import { startOfDay } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import {
  attributeValue,
  type CustomAttributeSignal,
  type CustomEventSignal,
  type CustomSignal,
} from '#core/signals/custom.ts';
import type { AsOf } from '#core/signals/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface KeyedCustomSignal {
  key: string;
  definition: CustomSignal;
}

export type CustomValues = Map<number, Record<string, SignalValue>>;

export async function loadCustomSignals(tx: Tx, workspaceId: number): Promise<KeyedCustomSignal[]> {
  return tx.many<KeyedCustomSignal>({
    name: 'load-custom-signals',
    text: 'select key, definition from custom_signals where workspace_id = $1 order by key',
    values: [workspaceId],
  });
}

/**
 * Each account's custom values as of a moment. One query for each event signal over the raw events of the batch.
 * A count or number of users is 0 where nothing matches and missing where the account never had an event; a sum is 0, an
 * average or last value missing, where nothing matches.
 */
export async function customOf(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  asOf: AsOf,
  timeZone: string,
  only?: readonly KeyedCustomSignal[],
): Promise<CustomValues> {
  const signals = only ?? (await loadCustomSignals(tx, workspaceId));
  const values: CustomValues = new Map(accountIds.map((id) => [id, {}]));
  for (const { key, definition } of signals) {
    const found =
      definition.kind === 'attribute'
        ? await attributeOf(tx, workspaceId, accountIds, definition)
        : await eventsOf(tx, workspaceId, accountIds, definition, asOf, timeZone);
    for (const id of accountIds) values.get(id)![key] = found.get(id) ?? null;
  }
  return values;
}

async function attributeOf(tx: Tx, workspaceId: number, accountIds: readonly number[], signal: CustomAttributeSignal) {
  const rows = await tx.many<{ id: number; value: unknown }>({
    name: 'custom-attribute',
    text: `select id, attributes -> $3 as value from accounts where workspace_id = $1 and id = any($2::bigint[])`,
    values: [workspaceId, accountIds, signal.attribute],
  });
  return new Map(rows.map((row) => [row.id, attributeValue(row.value, signal.type)]));
}

const aggregates: Record<CustomEventSignal['aggregate'], string> = {
  count: 'count(e.ts)::float8',
  distinct_users: 'count(distinct e.contact_id)::float8',
  sum: 'coalesce(sum(num(e.properties ->> $7)), 0)::float8',
  average: 'avg(num(e.properties ->> $7))::float8',
  last: '(array_agg(num(e.properties ->> $7) order by e.ts desc) filter (where num(e.properties ->> $7) is not null))[1]',
};

async function eventsOf(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  signal: CustomEventSignal,
  asOf: AsOf,
  timeZone: string,
): Promise<Map<number, number | null>> {
  const from = startOfDay(asOf.day - signal.windowDays + 1, timeZone);
  const values: unknown[] = [
    workspaceId,
    accountIds,
    signal.event,
    from,
    asOf.at,
    signal.windowDays,
    signal.property ?? '',
  ];
  const filters = signal.filters.map((filter) => filterSql(filter, values));
  const rows = await tx.many<{ account_id: number; value: number | null }>({
    text: `select u.account_id, ${aggregates[signal.aggregate]} as value
      from usage_accounts u left join events e on e.workspace_id = u.workspace_id and e.account_id = u.account_id
        and e.ts >= to_timestamp($4::float8 / 1000) and e.ts <= to_timestamp($5::float8 / 1000) and $6::int > 0 and $7::text is not null
        and e.event_name_id in (select id from event_names where workspace_id = $1 and name = $3 and kind in ('track', 'page', 'screen'))
        ${filters.map((text) => `and ${text}`).join(' ')}
      where u.workspace_id = $1 and u.account_id = any($2::bigint[]) and u.first_event_at <= to_timestamp($5::float8 / 1000)
      group by u.account_id`,
    values,
  });
  return new Map(rows.map((row) => [row.account_id, row.value]));
}

const operators = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function filterSql(filter: CustomEventSignal['filters'][number], values: unknown[]): string {
  const property = `e.properties ->> $${values.push(filter.property)}`;
  if (filter.op === 'exists') return `(${property}) is not null`;
  const value = `$${values.push(String(filter.value ?? ''))}`;
  if (filter.op === 'contains') return `strpos(${property}, ${value}) > 0`;
  if (typeof filter.value === 'number') return `num(${property}) ${operators[filter.op]} ${value}::float8`;
  return `(${property}) ${operators[filter.op]} ${value}`;
}
