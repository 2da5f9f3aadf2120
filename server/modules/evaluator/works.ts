/** Long works over judgements: filling in the past, counting usage again, judging all again. */
import { setTimeout as delay } from 'node:timers/promises';
import { markAllDirty } from '#server/modules/dirty/index.ts';
import { markUsageStale, rebuildStaleUsage } from '#server/modules/usage/index.ts';
import { queueWork, type WorkContext, type WorkHandler } from '#server/modules/workspace/index.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { markAllHistories, refillSome } from './refill.ts';
import { refreshBook } from './stale-book.ts';

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
export async function lookAfterPasts(pool: Pool, workspaceId: number, now: number, log: Logger): Promise<void> {
  const { ready } = await countStale(pool, workspaceId);
  if (ready > fewHistories) await queueBackfill(pool, workspaceId);
  else if (ready > 0) while ((await refillSome(pool, workspaceId, now, log)) > 0);
  await refreshBook(pool, workspaceId, now, { patient: true });
}

async function queueBackfill(pool: Pool, workspaceId: number): Promise<void> {
  await transaction(pool, workspaceId, async (tx) => {
    const { busy } = await tx.one<{ busy: boolean }>({
      // After a failure it rests, lest a fault that stays fills the list of works.
      text: `select exists (select 1 from imports where workspace_id = $1 and status = 'running')
        or exists (select 1 from long_works where workspace_id = $1 and (status in ('queued', 'running')
          or (kind = 'backfill' and status = 'failed' and finished_at > now() - interval '5 minutes'))) as busy`,
      values: [workspaceId],
    });
    if (!busy) await queueWork(tx, workspaceId, 'backfill', 'Filling in the past of accounts');
  });
}

interface Stale {
  /** accounts whose past, or whose usage, waits */
  waiting: number;
  /** those of them that can be worked on now: the others are to be judged first, or have failed not long ago */
  ready: number;
  /** those of them that are to be judged first, soon */
  judging: number;
}

async function countStale(pool: Pool, workspaceId: number): Promise<Stale> {
  return transaction(pool, workspaceId, (tx) =>
    tx.one<Stale>({
      name: 'count-stale',
      text: `select count(*) as waiting, count(*) filter (where s.since <= now() and (s.counting or d.account_id is null)) as ready,
          count(*) filter (where s.since <= now() and d.account_id is not null
            and (d.claimed_until is null or d.claimed_until < now() + interval '15 s')) as judging
        from (select account_id, bool_or(counting) as counting, min(since) as since
          from (select account_id, since, false as counting from stale_histories where workspace_id = $1
            union all select account_id, since, true from stale_usage where workspace_id = $1) s group by account_id) s
        left join dirty_accounts d on d.workspace_id = $1 and d.account_id = s.account_id`,
      values: [workspaceId],
    }),
  );
}

type Filling = Pick<WorkContext, 'pool' | 'workspaceId' | 'log' | 'progress'>;

async function backfill(filling: Filling): Promise<void> {
  const { pool, workspaceId } = filling;
  await countUsage(filling);
  await refillAll(filling);
  await refreshBook(pool, workspaceId, Date.now(), { patient: false });
}

async function countUsage({ pool, workspaceId, log, progress }: Filling): Promise<void> {
  let done = 0;
  for (;;) {
    const counted = await rebuildStaleUsage(pool, workspaceId, 10, Date.now(), log);
    done += counted;
    await progress(done, null);
    if (counted === 0) return;
  }
}

const pauseMs = 500;

/** Until no past is stale that can be filled in. Accounts that wait to be judged come first. */
async function refillAll({ pool, workspaceId, log, progress }: Filling): Promise<void> {
  for (let done = 0; ; ) {
    const refilled = await refillSome(pool, workspaceId, Date.now(), log);
    done += refilled;
    const { waiting, ready, judging } = await countStale(pool, workspaceId);
    await progress(done, done + waiting);
    if (refilled > 0) continue;
    if (ready + judging === 0) return;
    await delay(pauseMs);
  }
}

/** Counts all usage again: what an event means, or where days begin, has changed. */
async function recount(filling: Filling): Promise<void> {
  const { pool, workspaceId } = filling;
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
  await backfill(filling);
}

/** Judges every account again, now and for its past. */
async function rejudge(filling: Filling): Promise<void> {
  const { pool, workspaceId } = filling;
  await transaction(pool, workspaceId, async (tx) => {
    await markAllDirty(tx, workspaceId);
    await markAllHistories(tx, workspaceId);
  });
  await backfill(filling);
}
