/** The loop that carries out long works. */
import pg from 'pg';
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

/** Carries out works, one at a time, until `signal` aborts; a work cut off by that is given back. */
export async function runWorker(
  { pool, log, url, handlers }: { pool: Pool; log: Logger; url: string; handlers: readonly WorkHandler[] },
  signal: AbortSignal,
): Promise<void> {
  const kinds = handlers.map((handler) => handler.kind);
  const bell = await listen(url, log);
  try {
    while (!signal.aborted) {
      const work = await claimWork(pool, kinds).catch((err: unknown) => {
        log.warn({ err }, 'no work could be claimed');
        return null;
      });
      if (!work) await bell.wait(signal);
      else await carryOut(work, handlers.find((handler) => handler.kind === work.kind)!, pool, log, signal);
    }
  } finally {
    await bell.close();
  }
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

interface Bell {
  /** Resolves at the next announcement, after `pollMs`, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Announcements only make it faster: without the connection the worker still polls. */
async function listen(url: string, log: Logger): Promise<Bell> {
  // Announced while a work was carried out: the next wait must not sleep over it.
  let rung = false;
  let wake: () => void = () => undefined;
  const ring = () => {
    rung = true;
    wake();
  };
  const client = new pg.Client({ connectionString: url, application_name: 'perennial worker' });
  client.on('notification', ring);
  client.on('error', (err) => log.warn({ err }, 'the worker polls: its listening connection was lost'));
  await client
    .connect()
    .then(() => client.query(`listen ${workChannel}`))
    .catch((err: unknown) => log.warn({ err }, 'the worker polls: it cannot listen'));
  return {
    wait: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          rung = false;
          resolve();
        };
        const timer = setTimeout(done, pollMs);
        signal.addEventListener('abort', done, { once: true });
        wake = done;
        if (signal.aborted || rung) done();
      }),
    close: () => client.end().catch(() => undefined),
  };
}
