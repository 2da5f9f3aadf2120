/** Usage counted again from raw events: the definition of what the incremental way must equal (usage.test.ts). */
import { dayOf, toIso } from '#core/calendar/day.ts';
import { applyEvents } from '#core/usage/apply.ts';
import { emptyState, mapIn } from '#core/usage/load.ts';
import type { UsageChange, UsageEvent, UsageState } from '#core/usage/types.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { isPoison } from '#server/platform/http/database-fault.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { countDays } from './counts.ts';
import { type Mapping, readMapping } from './load.ts';
import { saveChanges, segmentDaysKept } from './store.ts';

const eventsAtOnce = 50_000;

/**
 * Counts the usage of stale accounts again, one transaction each. Returns how many were done, at most `limit`. One that
 * cannot be counted rests for a while.
 */
export async function rebuildStaleUsage(
  pool: Pool,
  workspaceId: number,
  limit: number,
  now: number,
  log?: Logger,
): Promise<number> {
  for (let done = 0; done < limit; done++) {
    let accountId: number | null = null;
    try {
      await transaction(pool, workspaceId, async (tx) => {
        accountId = await takeStale(tx, workspaceId);
        if (accountId !== null) await rebuildUsage(tx, workspaceId, [accountId], now);
      });
    } catch (error) {
      if (!isPoison(error) || accountId === null) throw error;
      log?.error({ err: error, workspaceId, accountId }, 'the usage of an account could not be counted');
      await letRest(pool, workspaceId, accountId);
    }
    if (accountId === null) return done;
  }
  return limit;
}

async function takeStale(tx: Tx, workspaceId: number): Promise<number | null> {
  const stale = await tx.maybe<{ account_id: number }>({
    name: 'take-stale-usage',
    text: `delete from stale_usage where (workspace_id, account_id) = (select workspace_id, account_id from stale_usage
        where workspace_id = $1 and since <= clock_timestamp() order by since limit 1 for update skip locked) returning account_id`,
    values: [workspaceId],
  });
  return stale?.account_id ?? null;
}

async function letRest(pool: Pool, workspaceId: number, accountId: number): Promise<void> {
  await transaction(pool, workspaceId, (tx) =>
    tx.run({
      text: `update stale_usage set since = now() + interval '10 minutes' where workspace_id = $1 and account_id = $2`,
      values: [workspaceId, accountId],
    }),
  );
}

/** Counts the usage of accounts again from their raw events and counts, as of `now` (epoch ms). Marks them dirty. */
export async function rebuildUsage(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  now: number = Date.now(),
): Promise<void> {
  for (const accountId of [...accountIds].sort((a, b) => a - b)) {
    await markDirty(tx, workspaceId, [{ accountId, families: ['usage'], historyFrom: null }]);
    const mapping = await readMapping(tx, workspaceId);
    const state = await countAll(tx, workspaceId, accountId, mapping, now);
    await replaceRows(tx, workspaceId, accountId, state, mapping, now);
  }
}

/** All rows of an account, from its events in time order, a bounded number at once. */
async function countAll(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  mapping: Mapping,
  now: number,
): Promise<{ state: UsageState; firstEventAt: number | null }> {
  const state: UsageState = { ...emptyState(), complete: true };
  let firstEventAt: number | null = null;
  let after: { at: string; messageId: string } | null = null;
  for (;;) {
    const page: RawRow[] = await tx.many<RawRow>({
      name: 'read-raw-events',
      text: `select e.ts::text as cursor, e.message_id, extract(epoch from e.ts)::float8 * 1000 as at,
          e.contact_id as "user", n.kind, e.event_name_id as "eventId"
        from events e join event_names n on n.workspace_id = e.workspace_id and n.id = e.event_name_id
        where e.workspace_id = $1 and e.account_id = $2 and e.ts <= to_timestamp($3::float8 / 1000)
          and (e.ts, e.message_id) > ($4::timestamptz, $5::uuid)
        order by e.ts, e.message_id limit ${eventsAtOnce}`,
      values: [workspaceId, accountId, now, after?.at ?? '-infinity', after?.messageId ?? zeroId],
    });
    const change = applyEvents(state, page, mapping.meanings, mapping.timeZone);
    take(state, change);
    firstEventAt ??= change.firstEventAt;
    const last = page.at(-1);
    if (!last || page.length < eventsAtOnce) return { state, firstEventAt };
    after = { at: last.cursor, messageId: last.message_id };
  }
}

interface RawRow extends UsageEvent {
  cursor: string;
  message_id: string;
}
const zeroId = '00000000-0000-0000-0000-000000000000';

function take(state: UsageState, change: UsageChange): void {
  for (const day of change.days) state.days.set(day.day, day);
  for (const month of change.users) mapIn(state.users, month.user).set(month.month, month);
  for (const { user, day, segments } of change.segments) mapIn(state.segments, user).set(day, segments);
}

async function replaceRows(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  counted: { state: UsageState; firstEventAt: number | null },
  mapping: Mapping,
  now: number,
): Promise<void> {
  const key = [workspaceId, accountId];
  for (const table of ['usage_days', 'usage_users', 'usage_segments', 'usage_accounts', 'stale_usage']) {
    await tx.run({ text: `delete from ${table} where workspace_id = $1 and account_id = $2`, values: key });
  }
  await tx.run({
    text: `delete from events_ahead a using events e where a.workspace_id = $1 and e.workspace_id = $1 and e.ts = a.ts
      and e.message_id = a.message_id and e.account_id = $2 and a.ts <= to_timestamp($3::float8 / 1000)`,
    values: [...key, now],
  });
  const change = changeOf(counted.state, counted.firstEventAt);
  const counts = await countDays(tx, workspaceId, accountId, mapping, new Set(change.days.map((d) => d.day)));
  change.days.push(...counts);
  if (change.days.length === 0) return;
  await saveChanges(tx, workspaceId, [{ accountId, change }], dayOf(now, mapping.timeZone) - segmentDaysKept);
  const first = toIso(Math.min(...change.days.map((d) => d.day)));
  await markDirty(tx, workspaceId, [{ accountId, families: ['usage'], historyFrom: first }]);
}

function changeOf(state: UsageState, firstEventAt: number | null): UsageChange {
  return {
    days: [...state.days.values()].filter((d) => d !== null),
    users: [...state.users.values()].flatMap((months) => [...months.values()].filter((m) => m !== null)),
    segments: [...state.segments].flatMap(([user, days]) =>
      [...days].map(([day, segments]) => ({ user, day, segments })),
    ),
    firstEventAt,
  };
}
