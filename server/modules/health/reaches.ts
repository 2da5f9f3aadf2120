/** How often accounts here moved each scored signal far enough, counted once a day from their pasts (core/health/reach.ts). */
import sql from 'sql-template-tag';
import { fromIso } from '#core/calendar/day.ts';
import { countReaches, noReaches, type Reach } from '#core/health/reach.ts';
import type { LiveScorecard } from '#core/judgement/judge.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { readColumns } from '#server/modules/signals/index.ts';
import { fillingWorks } from '#server/modules/workspace/index.ts';
import { exclusively } from '#server/platform/db/exclusive.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { liveScorecards } from './live.ts';

/** What a live scorecard's signals have been seen to do; none until it was first counted. */
export async function readReaches(tx: Tx, workspaceId: number, scorecardId: number): Promise<Reach[]> {
  const row = await tx.maybe<{ reaches: Reach[] }>(
    sql`select reaches from signal_reaches where workspace_id = ${workspaceId} and scorecard_id = ${scorecardId}`,
  );
  return row?.reaches ?? [];
}

/** So many accounts tell a share to 3 %, in 3 s of counting; they are the same ones each day. */
const mostAccounts = 1_000;
const accountsAtOnce = 20;
const daysBack = 730;

/**
 * Counts again, for every live scorecard, what is older than a day, than its version or than the last back-fill. Waits while
 * pasts are stale or being filled in. Returns whether anything was counted.
 */
export async function refreshReaches(pool: Pool, workspaceId: number, now: number): Promise<boolean> {
  const isDue = () => transaction(pool, workspaceId, (tx) => areDue(tx, workspaceId, now));
  if (!(await isDue())) return false;
  const done = await exclusively(pool, `reaches ${workspaceId}`, async () => {
    // Another process may have counted meanwhile.
    if (!(await isDue())) return false;
    await countAll(pool, workspaceId, now);
    return true;
  });
  return done ?? false;
}

async function areDue(tx: Tx, workspaceId: number, now: number): Promise<boolean> {
  const { due } = await tx.one<{ due: boolean }>({
    name: 'reaches-due',
    text: `select exists (select 1 from scorecards c
        left join signal_reaches r on r.workspace_id = c.workspace_id and r.scorecard_id = c.id
        where c.workspace_id = $1 and c.live_version is not null and c.archived_at is null
          and (r.version is distinct from c.live_version or r.as_of < to_timestamp($2::float8 / 1000) - interval '1 day'
            or r.as_of < (select max(finished_at) from long_works where workspace_id = $1 and kind = any($3::text[]))))
      and not exists (select 1 from stale_histories where workspace_id = $1)
      and not exists (select 1 from long_works where workspace_id = $1 and kind = any($3::text[])
        and status in ('queued', 'running')) as due`,
    values: [workspaceId, now, fillingWorks],
  });
  return due;
}

interface Counting {
  live: LiveScorecard;
  reaches: Reach[];
}

async function countAll(pool: Pool, workspaceId: number, now: number): Promise<void> {
  const { scorecards, ids, today } = await transaction(pool, workspaceId, async (tx) => ({
    scorecards: await liveScorecards(tx, workspaceId),
    ids: await someAccounts(tx, workspaceId),
    today: fromIso((await readCalendar(tx, workspaceId, now)).today)!,
  }));
  const counting = scorecards.map((live): Counting => ({ live, reaches: noReaches(live.scorecard) }));
  const keys = [...new Set(counting.flatMap(({ reaches }) => reaches.map(({ signal }) => signal)))];
  const range = { from: today - daysBack, to: today - 1, prefer: 'then' as const };
  for (let i = 0; i < ids.length; i += accountsAtOnce) {
    const some = ids.slice(i, i + accountsAtOnce);
    const pasts = await transaction(pool, workspaceId, (tx) => readColumns(tx, workspaceId, some, keys, range));
    for (const past of pasts.values())
      for (const { live, reaches } of counting) countReaches(reaches, live.scorecard, past);
  }
  await transaction(pool, workspaceId, (tx) => save(tx, workspaceId, counting, now));
}

async function someAccounts(tx: Tx, workspaceId: number): Promise<number[]> {
  const rows = await tx.many<{ id: number }>(sql`select id from accounts
    where workspace_id = ${workspaceId} and merged_into is null order by hashint8(id), id limit ${mostAccounts}`);
  return rows.map(({ id }) => id);
}

async function save(tx: Tx, workspaceId: number, counting: readonly Counting[], now: number): Promise<void> {
  await tx.run({
    name: 'save-reaches',
    text: `insert into signal_reaches (workspace_id, scorecard_id, version, as_of, reaches)
      select $1, k.card, k.version, to_timestamp($2::float8 / 1000), k.reaches
      from unnest($3::bigint[], $4::int[], $5::jsonb[]) as k (card, version, reaches)
      on conflict (workspace_id, scorecard_id) do update
        set version = excluded.version, as_of = excluded.as_of, reaches = excluded.reaches`,
    values: [
      ...[workspaceId, now],
      counting.map(({ live }) => live.id),
      counting.map(({ live }) => live.version),
      counting.map(({ reaches }) => JSON.stringify(reaches)),
    ],
  });
}
