/** Events that found no account, once somebody or something says whose they are. They count from their own date. */
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { markUsageStale } from './stale.ts';

/** Gives the waiting events of references to accounts. Returns how many events there were. */
export async function adoptEvents(
  tx: Tx,
  workspaceId: number,
  pairs: readonly { reference: string; accountId: number }[],
): Promise<number> {
  if (pairs.length === 0) return 0;
  const moved = await tx.many<{ account_id: number; events: number }>({
    name: 'adopt-events',
    text: `with moved as (
        update events e set account_id = k.account_id, reference = null
        from unnest($2::text[], $3::bigint[]) as k (reference, account_id)
        where e.workspace_id = $1 and e.account_id is null and e.reference = k.reference
        returning e.account_id)
      select account_id, count(*) as events from moved group by account_id`,
    values: [workspaceId, pairs.map((p) => p.reference), pairs.map((p) => p.accountId)],
  });
  const accountIds = moved.map((m) => m.account_id);
  await markDirty(
    tx,
    workspaceId,
    accountIds.map((accountId) => ({ accountId, families: ['usage'], historyFrom: null })),
  );
  await markUsageStale(tx, workspaceId, accountIds);
  return moved.reduce((sum, m) => sum + m.events, 0);
}

/** Two references turn out to name one person: what waits under one waits under the other from now on. */
export async function renameWaiting(
  tx: Tx,
  workspaceId: number,
  from: string,
  to: string,
  contactId: number,
): Promise<void> {
  await tx.run({
    name: 'rename-waiting',
    text: `update events set reference = $3, contact_id = $4
      where workspace_id = $1 and account_id is null and reference = $2`,
    values: [workspaceId, from, to, contactId],
  });
}
