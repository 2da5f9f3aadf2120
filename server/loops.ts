/** The explicit list of what runs beside the requests, by role. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '#server/env.ts';
import { runHousekeeping } from '#server/housekeeping.ts';
import { demoWork } from '#server/modules/demo/index.ts';
import { evaluatorWorks, runEvaluator, runScheduler } from '#server/modules/evaluator/index.ts';
import { importWorker } from '#server/modules/imports/index.ts';
import { runWorker, type WorkHandler } from '#server/modules/workspace/index.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';

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
const workHandlers: readonly WorkHandler[] = [...evaluatorWorks, demoWork];

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

/** Starts the loops of these roles; resolves when all have ended after the signal aborted. */
export async function runLoops(roles: readonly Role[], deps: LoopDeps, signal: AbortSignal): Promise<void> {
  await Promise.all(loops.filter((loop) => roles.includes(loop.role)).map((loop) => keepRunning(loop, deps, signal)));
}

async function keepRunning({ name, run }: Loop, deps: LoopDeps, signal: AbortSignal): Promise<void> {
  for (let pauseMs = 500; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await run(deps, signal);
    } catch (err) {
      if (!signal.aborted) deps.log.error({ err, loop: name, pauseMs }, 'a loop broke and is started again');
    }
    if (!signal.aborted) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
