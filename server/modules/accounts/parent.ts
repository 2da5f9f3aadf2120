import sql from 'sql-template-tag';
import { invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** @throws AppError 400 naming `path` when the parent is no account here, or would stand below itself */
export async function requireParent(
  tx: Tx,
  workspaceId: number,
  { id, parentId }: { id: number; parentId: number },
  path: string,
): Promise<void> {
  const line = await tx.many<{ id: number }>(sql`with recursive line as (
      select id, parent_id from accounts where workspace_id = ${workspaceId} and id = ${parentId} and merged_into is null
      union select a.id, a.parent_id from line l join accounts a on a.workspace_id = ${workspaceId} and a.id = l.parent_id)
    select id from line`);
  if (line.length === 0) throw invalidField(path, 'is no account of this workspace');
  if (line.some((one) => one.id === id)) throw invalidField(path, 'is this account or one below it');
}
