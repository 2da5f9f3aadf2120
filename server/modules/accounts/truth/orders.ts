import type { Orders } from '#core/accounts/truth.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** The orders that the workspace has set. */
export async function readOrders(tx: Tx, workspaceId: number): Promise<Orders> {
  const rows = await tx.many<{ field: string; sources: string[] }>({
    name: 'truth-orders',
    text: 'select field, sources from truth_orders where workspace_id = $1',
    values: [workspaceId],
  });
  return new Map(rows.map(({ field, sources }) => [field, sources]));
}
