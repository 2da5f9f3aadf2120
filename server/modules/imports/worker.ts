/** Takes imports from the queue, one at a time. A lease makes sure that a killed worker's import is taken on. */
import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Pool, system, transaction } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { runImport } from './run.ts';
import { endImport } from './store.ts';

const leaseSeconds = 15;
const pauseMs = 400;
const mostAttempts = 5;
const keptDays = 14;

export interface ImportWorker {
  pool: Pool;
  log: Logger;
  uploads: string;
}

/** Runs until the signal aborts; a running import then stops after its batch and goes on with the next start. */
export async function importWorker(deps: ImportWorker, signal: AbortSignal): Promise<void> {
  const worker = randomUUID();
  let tidyAt = 0;
  while (!signal.aborted) {
    if (Date.now() >= tidyAt) {
      await forgetOldFiles(deps, Date.now());
      tidyAt = Date.now() + 3_600_000;
    }
    const claim = await claimNext(deps.pool, worker);
    if (claim) await work(deps, worker, claim, signal);
    else await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

interface Claim {
  workspace_id: number;
  import_id: number;
  attempts: number;
}

function claimNext(pool: Pool, worker: string): Promise<Claim | null> {
  return system(pool, (tx) =>
    tx.maybe<Claim>({
      name: 'claim-import',
      text: `update import_queue q set worker = $1, attempts = attempts + 1,
          lease_until = clock_timestamp() + make_interval(secs => $2)
        from (select workspace_id, import_id from import_queue where lease_until < clock_timestamp()
          order by queued_at limit 1 for update skip locked) c
        where q.workspace_id = c.workspace_id and q.import_id = c.import_id
        returning q.workspace_id, q.import_id, q.attempts`,
      values: [worker, leaseSeconds],
    }),
  );
}

async function work({ pool, log, uploads }: ImportWorker, worker: string, claim: Claim, signal: AbortSignal) {
  const { workspace_id: workspaceId, import_id: importId } = claim;
  const about = { workspaceId, importId };
  if (claim.attempts > mostAttempts) {
    // Attempts are counted anew with each batch that succeeds, so this one batch has ended the process again and again.
    await transaction(pool, workspaceId, (tx) =>
      endImport(tx, workspaceId, importId, 'failed', 'It was tried several times and never got further.'),
    );
    return;
  }
  const startedAt = performance.now();
  try {
    await runImport({ pool, workspaceId, importId, uploads, worker, leaseSeconds }, signal);
    log.info({ ...about, ms: Math.round(performance.now() - startedAt) }, 'import worked on');
  } catch (err) {
    log.error({ ...about, err }, 'import failed');
  }
  // What was not finished may be taken at once; what was is no longer in the queue.
  await system(pool, (tx) =>
    tx.run({
      text: `update import_queue set lease_until = '-infinity' where workspace_id = $1 and import_id = $2 and worker = $3`,
      values: [workspaceId, importId, worker],
    }),
  );
}

/** Uploaded files are kept for a while, so that an import can be repeated with another mapping. */
async function forgetOldFiles({ uploads, log }: ImportWorker, now: number): Promise<void> {
  const names = await readdir(uploads).catch(() => []);
  let forgotten = 0;
  for (const name of names) {
    const path = join(uploads, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs < keptDays * 86_400_000) continue;
    await rm(path, { force: true });
    forgotten++;
  }
  if (forgotten > 0) log.info({ forgotten }, 'old uploads removed');
}
