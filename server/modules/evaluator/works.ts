/** Long works over judgements: filling in the past, counting usage again, judging all again. */
import { setTimeout as delay } from 'node:timers/promises';
import { dayOf, fromIso } from '#core/calendar/day.ts';
import { markAllDirty } from '#server/modules/dirty/index.ts';
import { markUsageStale, rebuildStaleUsage } from '#server/modules/usage/index.ts';
import { queueWork, type WorkContext, type WorkHandler } from '#server/modules/workspace/index.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { rebuildBook } from './book.ts';
import { markAllHistories, refillSome } from './refill.ts';

const idleMs = 200;
const mostIdle = 25;

/** Few enough to be filled in without anybody watching. */
const fewHistories = 20;

export const evaluatorWorks: readonly WorkHandler[] = [
  { kind: 'backfill', run: backfill },
  { kind: 'recount', run: recount },
  { kind: 'rejudge', run: rejudge },
];

/**
 * Looks after pasts that facts have made stale: a few at once, many as a long work that a person can watch. Waits while an
 * import runs, and while usage is being counted.
 */
export async function lookAfterPasts(pool: Pool, workspaceId: number, now: number): Promise<void> {
  const waiting = await countStale(pool, workspaceId);
  if (waiting === 0) return;
  if (waiting > fewHistories) {
    await transaction(pool, workspaceId, async (tx) => {
      const { busy } = await tx.one<{ busy: boolean }>({
        text: `select exists (select 1 from imports where workspace_id = $1 and status = 'running')
          or exists (select 1 from long_works where workspace_id = $1 and status in ('queued', 'running')) as busy`,
        values: [workspaceId],
      });
      if (!busy) await queueWork(tx, workspaceId, 'backfill', 'Filling in the past of accounts');
    });
    return;
  }
  await refillAndRebuild(pool, workspaceId, now, async () => {});
}

/** Accounts whose past waits, and accounts whose usage waits to be counted. */
async function countStale(pool: Pool, workspaceId: number): Promise<number> {
  const { waiting } = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ waiting: number }>({
      name: 'count-stale',
      text: `select count(*) as waiting from (select account_id from stale_histories where workspace_id = $1
        union select account_id from stale_usage where workspace_id = $1) s`,
      values: [workspaceId],
    }),
  );
  return waiting;
}

type Filling = Pick<WorkContext, 'pool' | 'workspaceId' | 'progress'>;

async function backfill({ pool, workspaceId, progress }: Filling): Promise<void> {
  await countUsage(pool, workspaceId, progress);
  await refillAndRebuild(pool, workspaceId, Date.now(), progress);
}

type Progress = (done: number, total: number | null) => Promise<void>;

async function countUsage(pool: Pool, workspaceId: number, progress: Progress): Promise<void> {
  let done = 0;
  for (;;) {
    const counted = await rebuildStaleUsage(pool, workspaceId, 10, Date.now());
    done += counted;
    await progress(done, null);
    if (counted === 0) return;
  }
}

/** Fills in pasts until none is stale, then sums up the days of the book that changed. */
async function refillAndRebuild(pool: Pool, workspaceId: number, now: number, progress: Progress): Promise<void> {
  let done = 0;
  let from: string | null = null;
  let idle = 0;
  for (;;) {
    const refilled = await refillSome(pool, workspaceId, now);
    if (refilled.accounts === 0) {
      // Accounts that wait to be judged come first: give the evaluator its turn, but not for ever.
      if (++idle > mostIdle || (await countStale(pool, workspaceId)) === 0) break;
      await delay(idleMs);
      continue;
    }
    idle = 0;
    done += refilled.accounts;
    if (from === null || (refilled.from !== null && refilled.from < from)) from = refilled.from;
    await progress(done, done + (await countStale(pool, workspaceId)));
  }
  if (from === null) return;
  const yesterday = dayOf(now, await timeZoneOf(pool, workspaceId)) - 1;
  const earliest = Math.max(fromIso(from) ?? 0, yesterday - 5 * 366);
  if (earliest <= yesterday) await rebuildBook(pool, workspaceId, earliest, yesterday);
}

async function timeZoneOf(pool: Pool, workspaceId: number): Promise<string> {
  const row = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ time_zone: string }>({ text: 'select time_zone from workspaces where id = $1', values: [workspaceId] }),
  );
  return row.time_zone;
}

/** Counts all usage again: what an event means, or where days begin, has changed. */
async function recount({ pool, workspaceId, progress }: Filling): Promise<void> {
  await transaction(pool, workspaceId, async (tx) => {
    const accounts = await tx.many<{ account_id: number }>({
      text: 'select account_id from usage_accounts where workspace_id = $1',
      values: [workspaceId],
    });
    await markUsageStale(
      tx,
      workspaceId,
      accounts.map((a) => a.account_id),
    );
    await markAllHistories(tx, workspaceId);
  });
  await backfill({ pool, workspaceId, progress });
}

/** Judges every account again, now and for its past. */
async function rejudge({ pool, workspaceId, progress }: Filling): Promise<void> {
  await transaction(pool, workspaceId, async (tx) => {
    await markAllDirty(tx, workspaceId);
    await markAllHistories(tx, workspaceId);
  });
  await backfill({ pool, workspaceId, progress });
}
