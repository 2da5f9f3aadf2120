/** Back-fill: computes again the past of accounts whose older facts changed, a few accounts to a transaction. */
import { dayOf } from '#core/calendar/day.ts';
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { FAMILY_SOURCES } from '#core/signals/compute.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import { saveLosses, saveReplays } from '#server/modules/risk/index.ts';
import {
  customPasts,
  dropCustomColumns,
  forgetNow,
  loadFacts,
  lockToFillPasts,
  writeHistories,
} from '#server/modules/signals/index.ts';
import { rebuildStaleUsage } from '#server/modules/usage/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { isPoison } from '#server/platform/http/database-fault.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { loadFrames, loadWorkspace, type Workspace } from './load.ts';
import { computePast, firstDayOf, trimPast } from './past.ts';
import { markBookStale } from './stale-book.ts';

const accountsAtOnce = 10;
/** How far back a past is computed. */
const mostDaysBack = 5 * 366;
const everyFamily = Object.keys(FAMILY_SOURCES) as SignalFamily[];

/**
 * Fills in the past of at most a few stale accounts, and returns how many it looked at. Usage that waits to be counted is
 * counted first. Nothing is done while an import runs: each account's past is computed once, when its facts are complete.
 * An account whose past cannot be computed rests for a while; the others are done all the same.
 */
export async function refillSome(pool: Pool, workspaceId: number, now: number, log: Logger): Promise<number> {
  if (await importRuns(pool, workspaceId)) return 0;
  await rebuildStaleUsage(pool, workspaceId, 50, now, log);
  return refill(pool, workspaceId, null, now, log);
}

/** @param ids null = those that wait longest */
async function refill(
  pool: Pool,
  workspaceId: number,
  ids: readonly number[] | null,
  now: number,
  log: Logger,
): Promise<number> {
  let taken: number[] = [];
  try {
    await transaction(pool, workspaceId, async (tx) => {
      await lockToFillPasts(tx, workspaceId);
      taken = await takeStale(tx, workspaceId, ids);
      if (taken.length > 0) await refillAccounts(tx, await loadWorkspace(tx, workspaceId), taken, now);
    });
  } catch (error) {
    if (!isPoison(error) || taken.length === 0) throw error;
    if (taken.length > 1) for (const id of taken) await refill(pool, workspaceId, [id], now, log);
    else {
      log.error({ err: error, workspaceId, accountId: taken[0] }, 'the past of an account could not be computed');
      await transaction(pool, workspaceId, (tx) => letRest(tx, workspaceId, taken[0]!));
    }
  }
  return taken.length;
}

async function takeStale(tx: Tx, workspaceId: number, ids: readonly number[] | null): Promise<number[]> {
  const stale = await tx.many<{ account_id: number; from_day: string }>({
    name: 'take-stale-histories',
    text: `delete from stale_histories h using (select account_id from stale_histories s where workspace_id = $1
          and since <= now() and ($2::bigint[] is null or account_id = any($2))
          and not exists (select 1 from stale_usage u where u.workspace_id = $1 and u.account_id = s.account_id)
          and not exists (select 1 from dirty_accounts d where d.workspace_id = $1 and d.account_id = s.account_id)
        order by since limit ${accountsAtOnce} for update skip locked) t
      where h.workspace_id = $1 and h.account_id = t.account_id returning h.account_id, h.from_day`,
    values: [workspaceId, ids],
  });
  if (stale.length > 0) await markBookStale(tx, workspaceId, stale.map((s) => s.from_day).sort()[0]!);
  return stale.map((s) => s.account_id);
}

async function letRest(tx: Tx, workspaceId: number, accountId: number): Promise<void> {
  await tx.run({
    text: `update stale_histories set since = now() + interval '10 minutes' where workspace_id = $1 and account_id = $2`,
    values: [workspaceId, accountId],
  });
}

async function importRuns(pool: Pool, workspaceId: number): Promise<boolean> {
  const { running } = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ running: boolean }>({
      name: 'import-runs',
      text: `select exists (select 1 from imports where workspace_id = $1 and status = 'running') as running`,
      values: [workspaceId],
    }),
  );
  return running;
}

/** Every day of the accounts from their first fact to yesterday. */
async function refillAccounts(tx: Tx, workspace: Workspace, accountIds: readonly number[], now: number): Promise<void> {
  const { settings, definitions } = workspace;
  const { workspaceId, timeZone } = settings;
  const today = dayOf(now, timeZone);
  const earliest = today - mostDaysBack;
  const facts = await loadFacts(tx, settings, accountIds, { families: everyFamily, fromDay: earliest, toDay: today });
  const frames = await loadFrames(tx, workspace, accountIds);
  const firstDays = new Map(
    accountIds.map((id) => [id, firstDayOf(facts.get(id)!, (at) => dayOf(at, timeZone))] as const),
  );
  await dropCustomColumns(tx, workspaceId, accountIds);
  const known = [...firstDays.values()].filter((day) => day !== null);
  // One range for all of them: their custom values come from one query.
  const first = Math.max(earliest, Math.min(today, ...known));
  const custom = await customPasts(tx, workspaceId, accountIds, { from: first, to: today - 1 }, timeZone);
  for (const accountId of accountIds) {
    const frame = frames.get(accountId);
    const own = facts.get(accountId)!;
    const firstDay = firstDays.get(accountId) ?? null;
    if (!frame || firstDay === null) continue;
    const range = { from: Math.max(firstDay, earliest), to: today - 1 };
    const customDays = custom.get(accountId)!.slice(range.from - first);
    const past = computePast(own, frame, definitions, settings, range, customDays);
    await forgetNow(tx, workspaceId, accountId, earliest);
    await writeHistories(tx, workspaceId, 'now', [{ accountId, records: past.records }]);
    await savePast(tx, workspaceId, [{ accountId, past: trimPast(past.pastHealth, today) }]);
    await saveReplays(tx, workspaceId, accountId, past.openings);
    await saveLosses(tx, workspaceId, accountId, past.losses);
  }
  // health.change_* of today read the past that was just written.
  await markDirty(
    tx,
    workspaceId,
    accountIds.map((accountId) => ({ accountId, families: ['health'], historyFrom: null })),
  );
}

export async function savePast(
  tx: Tx,
  workspaceId: number,
  rows: readonly { accountId: number; past: ReturnType<typeof trimPast> }[],
): Promise<void> {
  await tx.run({
    name: 'save-pasts',
    text: `insert into account_pasts (workspace_id, account_id, past) select $1, * from unnest($2::bigint[], $3::jsonb[])
      on conflict (workspace_id, account_id) do update set past = excluded.past`,
    values: [workspaceId, rows.map((r) => r.accountId), rows.map((r) => JSON.stringify(r.past))],
  });
}

/** Marks the past of every account as stale: settings that all of it depends on have changed. */
export async function markAllHistories(tx: Tx, workspaceId: number): Promise<number> {
  return tx.run({
    text: `insert into stale_histories (workspace_id, account_id, from_day) select workspace_id, id, '1970-01-01' from accounts
      where workspace_id = $1 and merged_into is null on conflict (workspace_id, account_id) do update set from_day = excluded.from_day`,
    values: [workspaceId],
  });
}
