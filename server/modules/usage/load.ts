/** Reading the compact usage rows. Days travel as day numbers, so that no date is parsed. */
import type { Day } from '#core/calendar/day.ts';
import type { UsageDay, UsageFacts, UserMonth } from '#core/signals/facts.ts';
import type { EventMapping, EventMeaning } from '#core/usage/types.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface Mapping {
  timeZone: string;
  meanings: EventMapping;
  loginMapped: boolean;
}

/** What events mean in a workspace now. Read it after the accounts are locked, so that a change of it is never missed. */
export async function readMapping(tx: Tx, workspaceId: number): Promise<Mapping> {
  const { time_zone, meanings } = await tx.one<{ time_zone: string; meanings: MeaningRow[] | null }>({
    name: 'read-mapping',
    text: `select w.time_zone, (select json_agg(json_build_array(n.id, n.is_login,
        (select coalesce(json_agg(f.feature_id), '[]') from feature_events f
          where f.workspace_id = n.workspace_id and f.event_name_id = n.id)))
      from event_names n where n.workspace_id = w.id and (n.is_login or exists (select 1 from feature_events f
        where f.workspace_id = n.workspace_id and f.event_name_id = n.id))) as meanings
      from workspaces w where w.id = $1`,
    values: [workspaceId],
  });
  const entries = (meanings ?? []).map(([id, login, features]): [number, EventMeaning] => [id, { login, features }]);
  return { timeZone: time_zone, meanings: new Map(entries), loginMapped: entries.some(([, m]) => m.login) };
}

type MeaningRow = [id: number, login: boolean, features: number[]];

export interface DayRow {
  account_id: number;
  day: Day;
  source: 'events' | 'counts';
  events: number;
  feature_events: number;
  logins: number;
  users: number | null;
  sessions: number;
  session_seconds: number;
  carried_seconds: number[];
  features: number[];
  last_at: number;
}
export const dayColumns = `u.account_id, u.day - date '1970-01-01' as day, u.source, u.events, u.feature_events, u.logins,
  u.users, u.sessions, u.session_seconds, to_json(u.carried_seconds) as carried_seconds, to_json(u.features) as features,
  extract(epoch from u.last_at)::float8 * 1000 as last_at`;

export function toUsageDay(row: DayRow): UsageDay {
  return {
    day: row.day,
    source: row.source,
    events: row.events,
    featureEvents: row.feature_events,
    logins: row.logins,
    users: row.users,
    sessions: row.sessions,
    sessionSeconds: row.session_seconds,
    carriedSeconds: row.carried_seconds,
    features: row.features,
    lastAt: row.last_at,
  };
}

export interface MonthRow {
  account_id: number;
  month: Day;
  contact_id: number;
  active_days: number;
  features: Record<string, number>;
}
export const monthColumns = `u.account_id, u.month - date '1970-01-01' as month, u.contact_id, u.active_days, u.features`;

export function toUserMonth(row: MonthRow): UserMonth {
  const features = new Map(Object.entries(row.features).map(([id, mask]) => [Number(id), mask]));
  return { user: row.contact_id, month: row.month, activeDays: row.active_days, features };
}

/** One account's rows packed by the database into arrays: 84 days of 100 000 accounts would be 7 million rows to parse. */
interface PackedRow {
  account_id: number;
  first_event_at: number | null;
  first_day: Day;
  days: PackedDay[] | null;
  users: PackedMonth[] | null;
}
type PackedDay = [
  Day,
  0 | 1,
  number,
  number,
  number,
  number | null,
  number,
  number,
  number[] | null,
  number[] | null,
  number,
];
type PackedMonth = [Day, number, number, Record<string, number> | null];

/**
 * Usage facts of accounts with days in [fromDay, toDay]; an account without any usage is absent from the answer.
 */
export async function loadUsage(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  window: { fromDay: Day; toDay: Day; loginMapped: boolean },
): Promise<Map<number, UsageFacts>> {
  const rows = await tx.many<PackedRow>({
    name: 'load-usage',
    text: `select a.account_id, extract(epoch from a.first_event_at)::float8 * 1000 as first_event_at,
        a.first_day - date '1970-01-01' as first_day,
        (select json_agg(json_build_array(u.day - date '1970-01-01', (u.source = 'events')::int, u.events, u.feature_events,
            u.logins, u.users, u.sessions, u.session_seconds, nullif(u.carried_seconds, '{}'), nullif(u.features, '{}'),
            extract(epoch from u.last_at)::float8 * 1000) order by u.day)
          from usage_days u where u.workspace_id = a.workspace_id and u.account_id = a.account_id
            and u.day between date '1970-01-01' + $3::int and date '1970-01-01' + $4::int) as days,
        (select json_agg(json_build_array(u.month - date '1970-01-01', u.contact_id, u.active_days,
            nullif(u.features, '{}')) order by u.month)
          from usage_users u where u.workspace_id = a.workspace_id and u.account_id = a.account_id
            and u.month between date_trunc('month', (date '1970-01-01' + $3::int)::timestamp)::date
              and date '1970-01-01' + $4::int) as users
      from usage_accounts a where a.workspace_id = $1 and a.account_id = any($2::bigint[])`,
    values: [workspaceId, accountIds, window.fromDay, window.toDay],
  });
  return new Map(rows.map((row) => [row.account_id, unpack(row, window.loginMapped)]));
}

function unpack(row: PackedRow, loginMapped: boolean): UsageFacts {
  return {
    firstEventAt: row.first_event_at,
    firstDay: row.first_day,
    loginMapped,
    days: (row.days ?? []).map(unpackDay),
    users: (row.users ?? []).map(unpackMonth),
  };
}

const none: readonly number[] = [];

function unpackDay(d: PackedDay): UsageDay {
  return {
    day: d[0],
    source: d[1] === 1 ? 'events' : 'counts',
    events: d[2],
    featureEvents: d[3],
    logins: d[4],
    users: d[5],
    sessions: d[6],
    sessionSeconds: d[7],
    carriedSeconds: d[8] ?? none,
    features: d[9] ?? none,
    lastAt: d[10],
  };
}

const noFeatures: ReadonlyMap<number, number> = new Map();

function unpackMonth([month, user, activeDays, features]: PackedMonth): UserMonth {
  if (features === null) return { user, month, activeDays, features: noFeatures };
  const byId = new Map<number, number>();
  for (const id in features) byId.set(Number(id), features[id]!);
  return { user, month, activeDays, features: byId };
}
