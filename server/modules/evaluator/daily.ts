/** The daily pass: as a workspace's day turns, every account is judged at the end of the day and that judgement is kept. */

import { type Day, dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import { type JudgedAccount, judge } from '#core/judgement/judge.ts';
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { computeSignals, FAMILY_SOURCES } from '#core/signals/compute.ts';
import { asOfDay } from '#core/signals/moment.ts';
import { refreshArr } from '#server/modules/accounts/index.ts';
import { markAllDirty } from '#server/modules/dirty/index.ts';
import { pastOverrides } from '#server/modules/health/index.ts';
import { loadRisks } from '#server/modules/risk/index.ts';
import { customOf, loadFacts, loadPasts, writeHistories } from '#server/modules/signals/index.ts';
import { exclusively } from '#server/platform/db/exclusive.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { type Book, type BookEntry, createBook } from './book.ts';
import { loadFrames, loadWorkspace, type Workspace } from './load.ts';
import { healthOf, recordOf, trimPast } from './past.ts';
import { markAllHistories, savePast } from './refill.ts';

const accountsAtOnce = 500;
const everyFamily = Object.keys(FAMILY_SOURCES) as SignalFamily[];

/**
 * Closes yesterday if it is open. Days before it, missed while nothing ran, were never looked at on their day: they are
 * filled in as known now. Safe to run again after it was cut off: a snapshot is never rewritten.
 * @returns whether a day was closed; not while another process closes it
 */
export async function closeDay(pool: Pool, workspaceId: number, now: number): Promise<boolean> {
  if ((await openDay(pool, workspaceId, now)) === null) return false;
  const closed = await exclusively(pool, `close day ${workspaceId}`, async () => {
    // Another process may have closed it meanwhile.
    const open = await openDay(pool, workspaceId, now);
    if (open === null) return false;
    // A new workspace has no yesterday; its history is filled in from its facts.
    const book = open.lastClosed === null ? null : await snapshotAll(pool, workspaceId, open.day);
    await transaction(pool, workspaceId, (tx) => finishDay(tx, workspaceId, open, book, now));
    return true;
  });
  return closed ?? false;
}

interface OpenDay {
  day: Day;
  lastClosed: Day | null;
}

/** Yesterday, while it is not closed. */
async function openDay(pool: Pool, workspaceId: number, now: number): Promise<OpenDay | null> {
  const row = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ time_zone: string; day_closed: string | null }>({
      name: 'day-closed',
      text: 'select time_zone, day_closed::text from workspaces where id = $1',
      values: [workspaceId],
    }),
  );
  const day = dayOf(now, row.time_zone) - 1;
  const lastClosed = row.day_closed === null ? null : fromIso(row.day_closed);
  return lastClosed !== null && lastClosed >= day ? null : { day, lastClosed };
}

async function finishDay(
  tx: Tx,
  workspaceId: number,
  { day, lastClosed }: OpenDay,
  book: Book | null,
  now: number,
): Promise<void> {
  if (lastClosed !== null && lastClosed < day - 1) await markAllHistories(tx, workspaceId);
  await book?.save(tx, workspaceId, day, day);
  await markAllDirty(tx, workspaceId);
  await dropOld(tx, workspaceId);
  await refreshArr(tx, workspaceId, null, now);
  await tx.run({ text: 'update workspaces set day_closed = $2 where id = $1', values: [workspaceId, toIso(day)] });
}

/** Keeps every account's judgement at the end of the day; gives the book that they make together. */
async function snapshotAll(pool: Pool, workspaceId: number, day: Day): Promise<Book> {
  const book = createBook();
  let after = 0;
  for (;;) {
    const page = await transaction(pool, workspaceId, async (tx) => {
      const accounts = await tx.many<{ id: number; owner_id: number | null }>({
        name: 'accounts-after',
        text: `select id, owner_id from accounts where workspace_id = $1 and id > $2 and merged_into is null
          order by id limit ${accountsAtOnce}`,
        values: [workspaceId, after],
      });
      const ids = accounts.map((row) => row.id);
      const judged = ids.length === 0 ? [] : await snapshot(tx, await loadWorkspace(tx, workspaceId), ids, day);
      return accounts.map(({ id, owner_id: ownerId }, i) => ({ id, entry: entryOf(judged[i]!, day, ownerId) }));
    });
    for (const { entry } of page) book.add(entry);
    if (page.length < accountsAtOnce) return book;
    after = page.at(-1)!.id;
  }
}

function entryOf({ values, primary, tier }: JudgedAccount, day: Day, ownerId: number | null): BookEntry {
  const arr = values['contract.arr'];
  return { day, ownerId, tier, band: primary?.judgement.band ?? null, arrMinor: typeof arr === 'number' ? arr : 0 };
}

/** The judgement of each account at the end of the day, in order. */
async function snapshot(tx: Tx, workspace: Workspace, ids: readonly number[], day: Day): Promise<JudgedAccount[]> {
  const { settings, definitions } = workspace;
  const { workspaceId } = settings;
  const asOf = asOfDay(day, settings.timeZone);
  const facts = await loadFacts(tx, settings, ids, { families: everyFamily, fromDay: day, toDay: day });
  const frames = await loadFrames(tx, workspace, ids);
  const pasts = await loadPasts(tx, workspaceId, ids);
  const overrides = await pastOverrides(tx, workspaceId, ids, asOf.at);
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
    return { accountId, judged, records: [recordOf(judged, day)], past };
  });
  await writeHistories(tx, workspaceId, 'then', rows);
  await savePast(tx, workspaceId, rows);
  return rows.map((row) => row.judged);
}

/** Working state that has served its time. What has a time of its own, whatever the day, goes by server/housekeeping.ts. */
async function dropOld(tx: Tx, workspaceId: number): Promise<void> {
  const old: [string, string][] = [
    ['usage_segments', `day < current_date - 41`],
    ['undated_messages', `at < now() - interval '7 days'`],
    ['intake_minutes', `minute < now() - interval '8 days'`],
  ];
  for (const [table, when] of old) {
    await tx.run({ text: `delete from ${table} where workspace_id = $1 and ${when}`, values: [workspaceId] });
  }
}
