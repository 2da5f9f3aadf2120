/** Reading and writing the usage rows that an ingest flush changes. */
import type { Day } from '#core/calendar/day.ts';
import { markLoaded } from '#core/usage/load.ts';
import type { RowKeys, Segment, UsageChange, UsageState } from '#core/usage/types.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type DayRow, dayColumns, type MonthRow, monthColumns, toUsageDay, toUserMonth } from './load.ts';

/** Sessions of days before this many days ago are only rebuilt, never extended. */
export const segmentDaysKept = 40;

/** Fills the states with the rows asked for, for many accounts at once. */
export async function loadRows(
  tx: Tx,
  workspaceId: number,
  asked: readonly { accountId: number; state: UsageState; keys: RowKeys }[],
): Promise<void> {
  const states = new Map(asked.map((a) => [a.accountId, a.state]));
  for (const { state, keys } of asked) markLoaded(state, keys);
  const days = asked.flatMap((a) => a.keys.days.map((day) => [a.accountId, day] as const));
  const months = asked.flatMap((a) => a.keys.userMonths.map((k) => [a.accountId, k.user, k.month] as const));
  const segments = asked.flatMap((a) => a.keys.segments.map((k) => [a.accountId, k.user, k.day] as const));
  if (days.length > 0) await loadDays(tx, workspaceId, states, days);
  if (months.length > 0) await loadMonths(tx, workspaceId, states, months);
  if (segments.length > 0) await loadSegments(tx, workspaceId, states, segments);
}

type States = ReadonlyMap<number, UsageState>;

async function loadDays(tx: Tx, workspaceId: number, states: States, keys: readonly (readonly [number, Day])[]) {
  const rows = await tx.many<DayRow>({
    name: 'load-usage-days',
    text: `select ${dayColumns} from unnest($2::bigint[], $3::int[]) as k (account_id, day)
      join usage_days u on u.workspace_id = $1 and u.account_id = k.account_id and u.day = date '1970-01-01' + k.day`,
    values: [workspaceId, keys.map((k) => k[0]), keys.map((k) => k[1])],
  });
  for (const row of rows) states.get(row.account_id)!.days.set(row.day, toUsageDay(row));
}

type UserKey = readonly [account: number, user: number, day: Day];

async function loadMonths(tx: Tx, workspaceId: number, states: States, keys: readonly UserKey[]) {
  const rows = await tx.many<MonthRow>({
    name: 'load-usage-users',
    text: `select ${monthColumns} from unnest($2::bigint[], $3::bigint[], $4::int[]) as k (account_id, contact_id, month)
      join usage_users u on u.workspace_id = $1 and u.account_id = k.account_id and u.contact_id = k.contact_id
        and u.month = date '1970-01-01' + k.month`,
    values: [workspaceId, ...columnsOf(keys)],
  });
  for (const row of rows) states.get(row.account_id)!.users.get(row.contact_id)!.set(row.month, toUserMonth(row));
}

async function loadSegments(tx: Tx, workspaceId: number, states: States, keys: readonly UserKey[]) {
  const rows = await tx.many<{ account_id: number; contact_id: number; day: Day; segments: Segment[] }>({
    name: 'load-usage-segments',
    text: `select u.account_id, u.contact_id, u.day - date '1970-01-01' as day, u.segments
      from unnest($2::bigint[], $3::bigint[], $4::int[]) as k (account_id, contact_id, day)
      join usage_segments u on u.workspace_id = $1 and u.account_id = k.account_id and u.contact_id = k.contact_id
        and u.day = date '1970-01-01' + k.day`,
    values: [workspaceId, ...columnsOf(keys)],
  });
  for (const row of rows) states.get(row.account_id)!.segments.get(row.contact_id)!.set(row.day, row.segments);
}

function columnsOf(keys: readonly UserKey[]): [number[], number[], number[]] {
  return [keys.map((k) => k[0]), keys.map((k) => k[1]), keys.map((k) => k[2])];
}

export interface AccountChange {
  accountId: number;
  change: UsageChange;
}

/** Writes changed rows of many accounts. Segments older than `segmentsFrom` are not kept. */
export async function saveChanges(
  tx: Tx,
  workspaceId: number,
  changes: readonly AccountChange[],
  segmentsFrom: Day,
): Promise<void> {
  const ordered = [...changes].sort((a, b) => a.accountId - b.accountId);
  await saveDays(tx, workspaceId, ordered);
  await saveMonths(tx, workspaceId, ordered);
  await saveSegments(tx, workspaceId, ordered, segmentsFrom);
  await saveFirsts(tx, workspaceId, ordered);
}

async function saveDays(tx: Tx, workspaceId: number, changes: readonly AccountChange[]): Promise<void> {
  const rows = changes.flatMap(({ accountId, change }) => change.days.map((d) => ({ accountId, ...d })));
  if (rows.length === 0) return;
  await tx.run({
    name: 'save-usage-days',
    text: `insert into usage_days (workspace_id, account_id, day, source, events, feature_events, logins, users, sessions,
        session_seconds, carried_seconds, features, last_at)
      select $1, k.a, date '1970-01-01' + k.d, k.source, k.e, k.fe, k.l, k.u, k.s, k.ss, k.cs::float8[], k.f::int[],
        to_timestamp(k.at / 1000)
      from unnest($2::bigint[], $3::int[], $4::text[], $5::float8[], $6::float8[], $7::float8[], $8::int[], $9::int[],
        $10::float8[], $11::text[], $12::text[], $13::float8[]) as k (a, d, source, e, fe, l, u, s, ss, cs, f, at)
      on conflict (workspace_id, account_id, day) do update set source = excluded.source, events = excluded.events,
        feature_events = excluded.feature_events, logins = excluded.logins, users = excluded.users,
        sessions = excluded.sessions, session_seconds = excluded.session_seconds,
        carried_seconds = excluded.carried_seconds, features = excluded.features, last_at = excluded.last_at`,
    values: [
      workspaceId,
      rows.map((r) => r.accountId),
      rows.map((r) => r.day),
      rows.map((r) => r.source),
      rows.map((r) => r.events),
      rows.map((r) => r.featureEvents),
      rows.map((r) => r.logins),
      rows.map((r) => r.users),
      rows.map((r) => r.sessions),
      rows.map((r) => r.sessionSeconds),
      rows.map((r) => `{${r.carriedSeconds.join()}}`),
      rows.map((r) => `{${r.features.join()}}`),
      rows.map((r) => r.lastAt),
    ],
  });
}

async function saveMonths(tx: Tx, workspaceId: number, changes: readonly AccountChange[]): Promise<void> {
  const rows = changes.flatMap(({ accountId, change }) => change.users.map((u) => ({ accountId, ...u })));
  if (rows.length === 0) return;
  await tx.run({
    name: 'save-usage-users',
    // A row that is as it was is not written: a user costs one write a day, however many events there are.
    text: `insert into usage_users (workspace_id, account_id, month, contact_id, active_days, features)
      select $1, k.a, date '1970-01-01' + k.m, k.c, k.d, k.f
      from unnest($2::bigint[], $3::int[], $4::bigint[], $5::int[], $6::jsonb[]) as k (a, m, c, d, f)
      on conflict (workspace_id, account_id, month, contact_id) do update
        set active_days = excluded.active_days, features = excluded.features
        where (usage_users.active_days, usage_users.features) is distinct from (excluded.active_days, excluded.features)`,
    values: [
      workspaceId,
      rows.map((r) => r.accountId),
      rows.map((r) => r.month),
      rows.map((r) => r.user),
      rows.map((r) => r.activeDays),
      rows.map((r) => JSON.stringify(Object.fromEntries(r.features))),
    ],
  });
}

async function saveSegments(tx: Tx, workspaceId: number, changes: readonly AccountChange[], from: Day): Promise<void> {
  const rows = changes.flatMap(({ accountId, change }) =>
    change.segments.filter((s) => s.day >= from).map((s) => ({ accountId, ...s })),
  );
  if (rows.length === 0) return;
  await tx.run({
    name: 'save-usage-segments',
    text: `insert into usage_segments (workspace_id, account_id, contact_id, day, segments)
      select $1, k.a, k.c, date '1970-01-01' + k.d, k.s
      from unnest($2::bigint[], $3::bigint[], $4::int[], $5::jsonb[]) as k (a, c, d, s)
      on conflict (workspace_id, account_id, contact_id, day) do update set segments = excluded.segments`,
    values: [
      workspaceId,
      rows.map((r) => r.accountId),
      rows.map((r) => r.user),
      rows.map((r) => r.day),
      rows.map((r) => JSON.stringify(r.segments)),
    ],
  });
}

async function saveFirsts(tx: Tx, workspaceId: number, changes: readonly AccountChange[]): Promise<void> {
  const rows = changes.filter((c) => c.change.days.length > 0);
  await tx.run({
    name: 'save-usage-firsts',
    text: `insert into usage_accounts (workspace_id, account_id, first_event_at, first_day)
      select $1, k.a, to_timestamp(k.at / 1000), date '1970-01-01' + k.d
      from unnest($2::bigint[], $3::float8[], $4::int[]) as k (a, at, d)
      on conflict (workspace_id, account_id) do update
        set first_event_at = least(usage_accounts.first_event_at, excluded.first_event_at),
          first_day = least(usage_accounts.first_day, excluded.first_day)
        where usage_accounts.first_event_at is null or excluded.first_event_at < usage_accounts.first_event_at
          or excluded.first_day < usage_accounts.first_day`,
    values: [
      workspaceId,
      rows.map((r) => r.accountId),
      rows.map((r) => r.change.firstEventAt),
      rows.map((r) => Math.min(...r.change.days.map((d) => d.day))),
    ],
  });
}
