/** The evaluator: woken by new facts, it judges dirty accounts in batches until none is left. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Claimed, claimDirty, postponeDirty } from '#server/modules/dirty/index.ts';
import { createBell } from '#server/platform/db/bell.ts';
import { listen } from '#server/platform/db/listen.ts';
import { type Pool, system, transaction } from '#server/platform/db/pool.ts';
import { isPoison } from '#server/platform/http/database-fault.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { ClaimLostError, evaluateBatch } from './batch.ts';

export interface EvaluatorDeps {
  pool: Pool;
  /** for the connection that listens */
  databaseUrl: string;
  log: Logger;
}

/** Larger batches cost less an account, smaller ones answer sooner; 300 take about 0.2 s (docs/benchmarks.md: 10 000 in 3.4 s, two batches at once). */
const batchSize = 300;
/** A lost notification delays an evaluation by this much at most. */
const pollMs = 500;

export async function runEvaluator({ pool, databaseUrl, log }: EvaluatorDeps, signal: AbortSignal): Promise<void> {
  const bell = createBell();
  const listening = listen(databaseUrl, 'perennial_dirty', bell.ring, log, signal);
  while (!signal.aborted) {
    try {
      const judged = await evaluateAll(pool, log);
      if (judged === 0) await bell.wait(pollMs, signal);
    } catch (error) {
      log.error({ err: error }, 'evaluation failed; it is tried again');
      await delay(1_000, undefined, { signal }).catch(() => {});
    }
  }
  await listening;
}

/** Judges one batch of every workspace that has dirty accounts. Returns how many accounts there were. */
async function evaluateAll(pool: Pool, log: Logger): Promise<number> {
  let judged = 0;
  for (const workspaceId of await workspaceIds(pool)) {
    judged += await evaluateWorkspace(pool, workspaceId, batchSize, Date.now, log);
  }
  return judged;
}

/**
 * Judges the workspace's longest-waiting accounts as of now, at most twice `limit`, and returns how many it took. Of
 * those marked en masse two batches are judged at once: the database reads for one while the other is computed. New facts
 * come in faster when they leave the database that room. An account that makes its batch fail waits a
 * minute; the others are judged all the same. @throws when the database is not to be had
 */
export async function evaluateWorkspace(
  pool: Pool,
  workspaceId: number,
  limit: number,
  clock: () => number = Date.now,
  log?: Logger,
): Promise<number> {
  const claim = () => transaction(pool, workspaceId, (tx) => claimDirty(tx, workspaceId, limit));
  const first = await claim();
  if (first.length === 0) return 0;
  const judging = evaluateClaims(pool, workspaceId, first, clock, log);
  if (first.length < limit || !first.some((c) => c.enMasse)) return judging.then(() => first.length);
  const beside = claim().then(async (second) => {
    if (second.length > 0) await evaluateClaims(pool, workspaceId, second, clock, log);
    return second.length;
  });
  // Both are waited for, also when one fails: nothing may go on after this has ended.
  const [one, other] = await Promise.allSettled([judging, beside]);
  if (one.status === 'rejected') throw one.reason;
  if (other.status === 'rejected') throw other.reason;
  return first.length + other.value;
}

async function evaluateClaims(
  pool: Pool,
  workspaceId: number,
  claims: readonly Claimed[],
  clock: () => number,
  log: Logger | undefined,
): Promise<void> {
  try {
    await transaction(pool, workspaceId, (tx) => evaluateBatch(tx, workspaceId, claims, clock()));
  } catch (error) {
    if (!isPoison(error)) throw error;
    if (claims.length > 1) {
      const middle = claims.length >> 1;
      await evaluateClaims(pool, workspaceId, claims.slice(0, middle), clock, log);
      await evaluateClaims(pool, workspaceId, claims.slice(middle), clock, log);
    } else if (!(error instanceof ClaimLostError)) {
      log?.error({ err: error, workspaceId, accountId: claims[0]!.accountId }, 'an account could not be judged');
      await transaction(pool, workspaceId, (tx) => postponeDirty(tx, workspaceId, claims[0]!));
    }
  }
}

export async function workspaceIds(pool: Pool): Promise<number[]> {
  const rows = await system(pool, (tx) =>
    tx.many<{ id: number }>({ name: 'workspace-ids', text: 'select id from workspaces order by id', values: [] }),
  );
  return rows.map((row) => row.id);
}
