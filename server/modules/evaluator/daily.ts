/** The daily pass: as a workspace's day turns, every account is judged at the end of the day and that judgement is kept. */

import { type Day, dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import { judge } from '#core/judgement/judge.ts';
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { computeSignals, FAMILY_SOURCES } from '#core/signals/compute.ts';
import { asOfDay } from '#core/signals/moment.ts';
import { markAllDirty } from '#server/modules/dirty/index.ts';
import { liveOverrides } from '#server/modules/health/index.ts';
import { loadRisks } from '#server/modules/risk/index.ts';
import { customOf, loadFacts, loadPasts, writeHistories } from '#server/modules/signals/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { closeBookDay } from './book.ts';
import { loadFrames, loadWorkspace, type Workspace } from './load.ts';
import { healthOf, recordOf, trimPast } from './past.ts';
import { markAllHistories, savePast } from './refill.ts';

const accountsAtOnce = 500;
const everyFamily = Object.keys(FAMILY_SOURCES) as SignalFamily[];

/**
 * Closes yesterday if it is open. Days before it, missed while nothing ran, were never looked at on their day: they are
 * filled in as known now. Safe to run twice, and by two schedulers: a snapshot is never rewritten.
 * @returns whether a day was closed
 */
export async function closeDay(pool: Pool, workspaceId: number, now: number): Promise<boolean> {
  const { yesterday, closed } = await transaction(pool, workspaceId, async (tx) => {
    const row = await tx.one<{ time_zone: string; day_closed: string | null }>({
      name: 'day-closed',
      text: 'select time_zone, day_closed::text from workspaces where id = $1',
      values: [workspaceId],
    });
    return {
      yesterday: dayOf(now, row.time_zone) - 1,
      closed: row.day_closed === null ? null : fromIso(row.day_closed),
    };
  });
  if (closed !== null && closed >= yesterday) return false;
  // A new workspace has no yesterday; its history is filled in from its facts.
  if (closed !== null) await snapshotAll(pool, workspaceId, yesterday);
  await transaction(pool, workspaceId, async (tx) => {
    if (closed !== null && closed < yesterday - 1) await markAllHistories(tx, workspaceId);
    await closeBookDay(tx, workspaceId, toIso(yesterday));
    await markAllDirty(tx, workspaceId);
    await dropOld(tx, workspaceId);
    await tx.run({
      text: 'update workspaces set day_closed = $2 where id = $1',
      values: [workspaceId, toIso(yesterday)],
    });
  });
  return true;
}

async function snapshotAll(pool: Pool, workspaceId: number, day: Day): Promise<void> {
  let after = 0;
  for (;;) {
    const ids = await transaction(pool, workspaceId, async (tx) => {
      const page = await tx.many<{ id: number }>({
        name: 'accounts-after',
        text: `select id from accounts where workspace_id = $1 and id > $2 and merged_into is null order by id limit ${accountsAtOnce}`,
        values: [workspaceId, after],
      });
      const accountIds = page.map((row) => row.id);
      if (accountIds.length > 0) await snapshot(tx, await loadWorkspace(tx, workspaceId), accountIds, day);
      return accountIds;
    });
    if (ids.length < accountsAtOnce) return;
    after = ids.at(-1)!;
  }
}

async function snapshot(tx: Tx, workspace: Workspace, ids: readonly number[], day: Day): Promise<void> {
  const { settings, definitions } = workspace;
  const { workspaceId } = settings;
  const asOf = asOfDay(day, settings.timeZone);
  const facts = await loadFacts(tx, settings, ids, { families: everyFamily, fromDay: day, toDay: day });
  const frames = await loadFrames(tx, workspace, ids);
  const pasts = await loadPasts(tx, workspaceId, ids);
  const overrides = await liveOverrides(tx, workspaceId, ids, asOf.at);
  const risks = await loadRisks(tx, workspaceId, ids);
  const custom = await customOf(tx, workspaceId, ids, asOf, settings.timeZone);
  const rows = ids.map((accountId) => {
    const pastHealth = pasts.get(accountId) ?? [];
    const values = { ...computeSignals(facts.get(accountId)!, asOf, settings), ...custom.get(accountId) };
    // Risk is a matter of now: the snapshot notes what is open and moves nothing.
    const open = { scorecards: definitions.scorecards, rules: [] };
    const input = {
      values,
      frame: frames.get(accountId)!,
      pastHealth,
      override: overrides.get(accountId) ?? null,
      ...asOf,
    };
    const judged = judge({ ...input, risks: risks.get(accountId) ?? new Map() }, open);
    const past = trimPast([...pastHealth.filter((p) => p.day < day), healthOf(judged, day)], day + 1);
    return { accountId, records: [recordOf(judged, day)], past };
  });
  await writeHistories(tx, workspaceId, 'then', rows);
  await savePast(tx, workspaceId, rows);
}

/** Working state and answers that have served their time. */
async function dropOld(tx: Tx, workspaceId: number): Promise<void> {
  const old: [string, string][] = [
    ['usage_segments', `day < current_date - 41`],
    ['undated_messages', `at < now() - interval '7 days'`],
    ['intake_minutes', `minute < now() - interval '8 days'`],
    ['idempotency_keys', `created_at < now() - interval '2 days'`],
  ];
  for (const [table, when] of old) {
    await tx.run({ text: `delete from ${table} where workspace_id = $1 and ${when}`, values: [workspaceId] });
  }
}
