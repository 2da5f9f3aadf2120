/** What is kept for a time only: answers for repeated requests, sessions and links that have ended, works long done, events set aside long ago. */
import { setTimeout as delay } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { forgetEnded } from '#server/modules/identity/index.ts';
import { forgetOldRejected } from '#server/modules/intake/index.ts';
import { forgetOldWorks } from '#server/modules/workspace/index.ts';
import { type Pool, system, transaction } from '#server/platform/db/pool.ts';
import { forgetOldKeys } from '#server/platform/http/idempotency.ts';

const everyMs = 3_600_000;

/** Tidies up once an hour; several processes that do so do no harm. */
export async function runHousekeeping({ pool }: { pool: Pool }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await tidyUp(pool);
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

export async function tidyUp(pool: Pool): Promise<void> {
  await system(pool, forgetEnded);
  const workspaces = await system(pool, (tx) => tx.many<{ id: number }>(sql`select id from workspaces`));
  for (const { id } of workspaces) {
    await transaction(pool, id, async (tx) => {
      await forgetOldKeys(tx, id);
      await forgetOldWorks(tx, id);
      await forgetOldRejected(tx, id);
    });
  }
}
