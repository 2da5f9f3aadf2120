import sql from 'sql-template-tag';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** For whatever hangs on an account. @throws AppError 404 when the workspace has no such account */
export async function requireAccount(tx: Tx, workspaceId: number, id: number): Promise<void> {
  const found = await tx.maybe(sql`select 1 from accounts where workspace_id = ${workspaceId} and id = ${id}`);
  if (!found) throw notFound('account');
}
