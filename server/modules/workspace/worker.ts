/** The loop that carries out long works. */
import { createBell } from '#server/platform/db/bell.ts';
import { listen } from '#server/platform/db/listen.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { claimWork, finishWork, leaseSeconds, releaseWork, reportProgress, type Work, workChannel } from './works.ts';

export interface WorkContext {
  pool: Pool;
  log: Logger;
  workspaceId: number;
  detail: Record<string, unknown>;
  /**
   * Says how far the work is; `total` null = not known. Written at most once a second. Rejects with WorkStopped when
   * the work was cancelled or this process stops: let it pass through.
   */
  progress(done: number, total: number | null): Promise<void>;
  /** aborted when the work was cancelled or this process stops */
  signal: AbortSignal;
}

/** How one kind of long work is done. `run` may be cut off at any point and started again: it must be safe to repeat. */
export interface WorkHandler {
  kind: string;
  run(context: WorkContext): Promise<void>;
}

export class WorkStopped extends Error {
  override name = 'WorkStopped';
}

const pollMs = 5_000;
const reportEveryMs = 1_000;

/** Each takes a turn between two waits for the database, so that one workspace's large work does not keep the others'. */
const workspacesAtOnce = 3;

/**
 * Carries out works until `signal` aborts, one of a workspace at a time and of a few workspaces at once; a work cut off by
 * the end is given back.
 */
export async function runWorker(
  { pool, log, url, handlers }: { pool: Pool; log: Logger; url: string; handlers: readonly WorkHandler[] },
  signal: AbortSignal,
): Promise<void> {
  const kinds = handlers.map((handler) => handler.kind);
  const bell = createBell();
  const listening = listen(url, workChannel, bell.ring, log, signal);
  const busy = new Map<number, Promise<void>>();
  let last = 0;
  while (!signal.aborted) {
    const work =
      busy.size < workspacesAtOnce
        ? await claimWork(pool, kinds, { after: last, except: [...busy.keys()] }).catch((err: unknown) => {
            log.warn({ err }, 'no work could be claimed');
            return null;
          })
        : null;
    if (!work) {
      await bell.wait(pollMs, signal);
      continue;
    }
    last = work.workspaceId;
    const handler = handlers.find(({ kind }) => kind === work.kind)!;
    const ended = carryOut(work, handler, pool, log, signal).finally(() => {
      busy.delete(work.workspaceId);
      bell.ring();
    });
    busy.set(work.workspaceId, ended);
  }
  await Promise.all([listening, ...busy.values()]);
}

async function carryOut(work: Work, handler: WorkHandler, pool: Pool, log: Logger, stop: AbortSignal): Promise<void> {
  const cancelled = new AbortController();
  const signal = AbortSignal.any([stop, cancelled.signal]);
  const check = async (progress: { done: number; total: number | null } | null) => {
    if (!(await reportProgress(pool, work, progress))) cancelled.abort();
    if (signal.aborted) throw new WorkStopped('stopped');
  };
  const renewal = setInterval(() => check(null).catch(() => undefined), (leaseSeconds * 1000) / 3);
  let reportedAt = Number.NEGATIVE_INFINITY;
  const about = { work: work.id, kind: work.kind, workspaceId: work.workspaceId };
  log.info(about, 'long work begins');
  try {
    await handler.run({
      pool,
      log,
      workspaceId: work.workspaceId,
      detail: work.detail,
      signal,
      progress: async (done, total) => {
        if (signal.aborted) throw new WorkStopped('stopped');
        if (performance.now() - reportedAt < reportEveryMs && done !== total) return;
        reportedAt = performance.now();
        await check({ done, total });
      },
    });
    await finishWork(pool, work, null);
    log.info(about, 'long work done');
  } catch (err) {
    if (stop.aborted) await releaseWork(pool, work).catch(() => undefined);
    else if (cancelled.signal.aborted) log.info(about, 'long work cancelled');
    else {
      log.error({ ...about, err }, 'long work failed');
      await finishWork(pool, work, `It failed: ${(err as Error).message}`).catch(() => undefined);
    }
  } finally {
    clearInterval(renewal);
  }
}
