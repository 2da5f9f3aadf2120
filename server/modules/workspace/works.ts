/** Long works: rows that a person watches and that any worker process carries out. */
import sql from 'sql-template-tag';
import type { Pool, Tx } from '#server/platform/db/pool.ts';
import { system, transaction } from '#server/platform/db/pool.ts';

/** The channel on which a new work of a workspace (the payload) is announced. */
export const workChannel = 'perennial_work';
/** Kinds of works after which the pasts of accounts may be others. */
export const fillingWorks: readonly string[] = ['backfill', 'recount', 'rejudge', 'demo'];
/** How long a worker may be silent before another takes the work over. */
export const leaseSeconds = 30;
/** A work that has failed to end this often (the process died) is given up. */
const mostAttempts = 5;

export interface Work {
  workspaceId: number;
  id: number;
  kind: string;
  detail: Record<string, unknown>;
  /** which attempt this is: a worker that was taken over is told by it */
  attempts: number;
}

/**
 * Queues a long work and returns its id. One that waits already with the same kind and detail is not queued again: its
 * id is returned. `title` is shown to people; `detail` is what the handler needs, ids and options only.
 */
export async function queueWork(
  tx: Tx,
  workspaceId: number,
  kind: string,
  title: string,
  detail: Record<string, unknown> = {},
): Promise<number> {
  const asJson = JSON.stringify(detail);
  const waiting = await tx.many<{ id: number }>(sql`select id from long_works
    where workspace_id = ${workspaceId} and kind = ${kind} and status = 'queued' and detail = ${asJson}::jsonb limit 1`);
  if (waiting[0]) return waiting[0].id;
  const { id } = await tx.one<{ id: number }>(sql`insert into long_works (workspace_id, kind, status, title, detail)
    values (${workspaceId}, ${kind}, 'queued', ${title}, ${asJson}::jsonb) returning id`);
  await tx.run(sql`select pg_notify(${workChannel}, ${String(workspaceId)})`);
  return id;
}

/**
 * Takes the oldest waiting or abandoned work of one of `kinds`, for `leaseSeconds`; null when there is none. Workspaces have
 * their turns in the order of their ids, from the one behind `after`; those of `except` have none.
 */
export async function claimWork(
  pool: Pool,
  kinds: readonly string[],
  { after, except }: { after: number; except: readonly number[] } = { after: 0, except: [] },
): Promise<Work | null> {
  const workspaces = await system(pool, (tx) =>
    tx.many<{ id: number }>(sql`select id from workspaces where id <> all(${[...except]}::int[])
      order by id <= ${after}, id`),
  );
  for (const { id } of workspaces) {
    const work = await transaction(pool, id, (tx) => claimIn(tx, id, kinds));
    if (work) return work;
  }
  return null;
}

async function claimIn(tx: Tx, workspaceId: number, kinds: readonly string[]): Promise<Work | null> {
  await tx.run(sql`update long_works set status = 'failed', finished_at = now(), leased_until = null,
      error = 'It was interrupted too often.'
    where workspace_id = ${workspaceId} and status = 'running' and leased_until < now() and attempts >= ${mostAttempts}`);
  const row = await tx.maybe<Omit<Work, 'workspaceId'>>(sql`
    update long_works set status = 'running', started_at = coalesce(started_at, now()), attempts = attempts + 1,
      leased_until = now() + make_interval(secs => ${leaseSeconds})
    where workspace_id = ${workspaceId} and id = (
      select id from long_works where workspace_id = ${workspaceId} and kind = any(${[...kinds]})
        and (status = 'queued' or (status = 'running' and leased_until < now()))
      order by id limit 1 for update skip locked)
    returning id, kind, detail, attempts`);
  return row && { workspaceId, ...row };
}

/** Renews the lease and says how far the work is; false when it was cancelled or taken over, and must stop. */
export async function reportProgress(
  pool: Pool,
  { workspaceId, id, attempts }: Work,
  progress: { done: number; total: number | null } | null,
): Promise<boolean> {
  const set = progress
    ? sql`, done = ${Math.round(progress.done)}, total = ${progress.total === null ? null : Math.round(progress.total)}`
    : sql``;
  const touched = await transaction(pool, workspaceId, (tx) =>
    tx.run(sql`update long_works set leased_until = now() + make_interval(secs => ${leaseSeconds})${set}
      where workspace_id = ${workspaceId} and id = ${id} and status = 'running' and attempts = ${attempts}`),
  );
  return touched === 1;
}

/** Ends a running work; `error` is a sentence for people, null = it went well. A cancelled work stays cancelled. */
export async function finishWork(pool: Pool, { workspaceId, id, attempts }: Work, error: string | null): Promise<void> {
  await transaction(pool, workspaceId, (tx) =>
    tx.run(sql`update long_works set status = ${error === null ? 'done' : 'failed'}, error = ${error},
        total = case when ${error}::text is null then coalesce(total, done) else total end,
        finished_at = now(), leased_until = null
      where workspace_id = ${workspaceId} and id = ${id} and status = 'running' and attempts = ${attempts}`),
  );
}

/** Gives a running work back, so that another worker goes on with it: this process stops. */
export async function releaseWork(pool: Pool, { workspaceId, id, attempts }: Work): Promise<void> {
  await transaction(pool, workspaceId, (tx) =>
    tx.run(sql`update long_works set status = 'queued', leased_until = null, attempts = attempts - 1
      where workspace_id = ${workspaceId} and id = ${id} and status = 'running' and attempts = ${attempts}`),
  );
}

/** Works that ended a quarter ago interest nobody any more. */
export function forgetOldWorks(tx: Tx, workspaceId: number): Promise<number> {
  return tx.run(sql`delete from long_works
    where workspace_id = ${workspaceId} and finished_at < now() - interval '90 days'`);
}
