/** Days known from imported daily counts alone. */
import { fromIso } from '#core/calendar/day.ts';
import type { UsageDay } from '#core/signals/facts.ts';
import { countsDay, type DailyCount } from '#core/usage/counts.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Mapping, readMapping } from './load.ts';
import { saveChanges } from './store.ts';

interface CountRow {
  account_id: number;
  day: number;
  event_name_id: number;
  count: number | null;
  users: number | null;
}

/** Makes the usage rows of these days from their counts; a day that has events keeps those. Marks the accounts dirty. */
export async function recountDays(
  tx: Tx,
  workspaceId: number,
  keys: readonly { accountId: number; day: string }[],
): Promise<void> {
  if (keys.length === 0) return;
  const dirty = keys.map(({ accountId, day }) => ({ accountId, families: ['usage' as const], historyFrom: day }));
  await markDirty(tx, workspaceId, dirty);
  const mapping = await readMapping(tx, workspaceId);
  const rows = await tx.many<CountRow>({
    name: 'load-usage-counts',
    text: `select c.account_id, c.day - date '1970-01-01' as day, c.event_name_id, c.count, c.users
      from (select distinct * from unnest($2::bigint[], $3::date[]) as k (account_id, day)) k
      join usage_counts c on c.workspace_id = $1 and c.account_id = k.account_id and c.day = k.day
      where not exists (select 1 from usage_days u where u.workspace_id = $1 and u.account_id = k.account_id
        and u.day = k.day and u.source = 'events')`,
    values: [workspaceId, keys.map((k) => k.accountId), keys.map((k) => k.day)],
  });
  const changes = [...Map.groupBy(rows, (row) => row.account_id)].map(([accountId, own]) => ({
    accountId,
    change: { days: daysFromCounts(own, mapping), users: [], segments: [], firstEventAt: null },
  }));
  await saveChanges(tx, workspaceId, changes, fromIso('1970-01-01')!);
}

/** All days of one account's counts that are not in `except`. */
export async function countDays(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  mapping: Mapping,
  except: ReadonlySet<number>,
): Promise<UsageDay[]> {
  const rows = await tx.many<CountRow>({
    name: 'load-account-counts',
    text: `select account_id, day - date '1970-01-01' as day, event_name_id, count, users from usage_counts
      where workspace_id = $1 and account_id = $2 order by day`,
    values: [workspaceId, accountId],
  });
  return daysFromCounts(
    rows.filter((row) => !except.has(row.day)),
    mapping,
  );
}

function daysFromCounts(rows: readonly CountRow[], mapping: Mapping): UsageDay[] {
  return [...Map.groupBy(rows, (row) => row.day)].map(([day, counts]) =>
    countsDay(day, counts.map(toDailyCount), mapping.meanings, mapping.timeZone),
  );
}

function toDailyCount(row: CountRow): DailyCount {
  return { eventId: row.event_name_id === 0 ? null : row.event_name_id, count: row.count, users: row.users };
}
