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

/** References turn out to name a person: what waits under `from` waits under `to` from now on, as that contact's. */
export async function renameWaiting(
  tx: Tx,
  workspaceId: number,
  names: readonly { from: string; to: string; contactId: number }[],
): Promise<void> {
  if (names.length === 0) return;
  await tx.run({
    name: 'rename-waiting',
    text: `update events e set reference = k.new, contact_id = k.contact
      from unnest($2::text[], $3::text[], $4::bigint[]) as k (old, new, contact)
      where e.workspace_id = $1 and e.account_id is null and e.reference = k.old`,
    values: [workspaceId, names.map((n) => n.from), names.map((n) => n.to), names.map((n) => n.contactId)],
  });
}
