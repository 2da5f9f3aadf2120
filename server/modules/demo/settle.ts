/** Waiting until what was stored is judged, here or by an evaluator that runs beside. */
import { setTimeout as delay } from 'node:timers/promises';
import { evaluateWorkspace, refillSome } from '#server/modules/evaluator/index.ts';
import { transaction } from '#server/platform/db/pool.ts';
import type { Loading } from './load.ts';
import { countWaiting } from './store.ts';

const accountsAtOnce = 300;
const pauseMs = 100;
/** An account that cannot be judged rests for longer than this; it must not hold up the others. */
const patienceMs = 60_000;

/** Judges all that wait, and fills in their pasts if `pasts`, until nothing waits that can be done now. */
export async function settleAll(
  { pool, workspaceId, log, signal }: Loading,
  { pasts }: { pasts: boolean },
): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!signal.aborted && performance.now() < until) {
    const judged = await evaluateWorkspace(pool, workspaceId, accountsAtOnce, Date.now, log);
    const filled = pasts ? await refillSome(pool, workspaceId, Date.now(), log) : 0;
    if (judged + filled > 0) continue;
    if ((await transaction(pool, workspaceId, (tx) => countWaiting(tx, workspaceId, pasts))) === 0) return;
    await delay(pauseMs);
  }
}
