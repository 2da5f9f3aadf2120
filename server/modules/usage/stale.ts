import type { Tx } from '#server/platform/db/pool.ts';

/** Marks accounts whose usage `rebuildStaleUsage` shall count again from raw events. */
export async function markUsageStale(tx: Tx, workspaceId: number, accountIds: readonly number[]): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.run({
    name: 'mark-usage-stale',
    text: `insert into stale_usage (workspace_id, account_id) select $1, id from unnest($2::bigint[]) as id order by id
      on conflict do nothing`,
    values: [workspaceId, accountIds],
  });
}
