/** The explicit list of what runs beside the requests, by role. */
import { setTimeout as delay } from 'node:timers/promises';
import { runInBackground } from '#server/background.ts';
import type { Role } from '#server/env.ts';
import { runHousekeeping } from '#server/housekeeping.ts';
import { demoWork } from '#server/modules/demo/index.ts';
import { evaluatorWorks, runEvaluator, runScheduler } from '#server/modules/evaluator/index.ts';
import { importWorker } from '#server/modules/imports/index.ts';
import { reconciliationWorks } from '#server/modules/reconciliation/index.ts';
import { riskWorks } from '#server/modules/risk/index.ts';
import { signalWorks } from '#server/modules/signals/index.ts';
import { runWorker, type WorkHandler } from '#server/modules/workspace/index.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import type { Logger, LogLevel } from '#server/platform/log/log.ts';

export interface LoopDeps {
  pool: Pool;
  log: Logger;
  /** folder of files that are being imported */
  uploads: string;
  /** of the database, for connections that listen */
  url: string;
}

interface Loop {
  role: Role;
  name: string;
  /** Runs until the signal aborts; what it rejects with is logged, and it is started again. */
  run(deps: LoopDeps, signal: AbortSignal): Promise<void>;
}

/** How each kind of long work is done. */
const workHandlers: readonly WorkHandler[] = [
  ...evaluatorWorks,
  ...riskWorks,
  ...signalWorks,
  ...reconciliationWorks,
  demoWork,
];

const loops: readonly Loop[] = [
  {
    role: 'evaluator',
    name: 'evaluator',
    run: ({ pool, log, url }, signal) => runEvaluator({ pool, log, databaseUrl: url }, signal),
  },
  { role: 'scheduler', name: 'scheduler', run: runScheduler },
  { role: 'scheduler', name: 'housekeeping', run: runHousekeeping },
  { role: 'worker', name: 'imports', run: importWorker },
  { role: 'worker', name: 'long works', run: (deps, signal) => runWorker({ ...deps, handlers: workHandlers }, signal) },
];

const longestPauseMs = 30_000;

/** What somebody waits for: an answer, or a score after an event. */
const prompt: readonly Role[] = ['web', 'ingest', 'evaluator'];

/**
 * Starts the loops of these roles; resolves when all have ended after the signal aborted. Where some of the roles are
 * prompt, the others run in a thread beside them: filling in pasts kept requests waiting for up to 1.7 s (docs/benchmarks.md).
 */
export async function runLoops(roles: readonly Role[], deps: LoopDeps, signal: AbortSignal): Promise<void> {
  const beside = roles.some((role) => prompt.includes(role)) ? roles.filter((role) => !prompt.includes(role)) : [];
  const own = loops.filter(({ role }) => roles.includes(role) && !beside.includes(role));
  const all = beside.length > 0 ? [...own, inBackground(beside)] : own;
  await Promise.all(all.map((loop) => keepRunning(loop, deps, signal)));
}

function inBackground(roles: readonly Role[]): Pick<Loop, 'name' | 'run'> {
  return {
    name: 'background thread',
    run: ({ log, url, uploads }, signal) =>
      runInBackground({ roles, url, uploads, logLevel: log.level as LogLevel }, signal),
  };
}

async function keepRunning(
  { name, run }: Pick<Loop, 'name' | 'run'>,
  deps: LoopDeps,
  signal: AbortSignal,
): Promise<void> {
  for (let pauseMs = 500; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await run(deps, signal);
    } catch (err) {
      if (!signal.aborted) deps.log.error({ err, loop: name, pauseMs }, 'a loop broke and is started again');
    }
    if (!signal.aborted) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
