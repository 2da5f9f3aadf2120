import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';

/** Deletes sessions that have ended and links that have been used or are too old. */
export async function forgetEnded(tx: Tx): Promise<void> {
  await tx.run(sql`delete from auth.session where "expiresAt" < now()`);
  await tx.run(sql`delete from auth.link where used_at < now() - interval '1 day' or expires_at < now()`);
}
