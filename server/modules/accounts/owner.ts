import sql from 'sql-template-tag';
import { invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

/** @throws AppError 400 naming `path` when there is no such member, or a disabled one */
export async function requireOwner(tx: Tx, workspaceId: number, memberId: number, path: string): Promise<void> {
  const found = await tx.maybe(sql`select 1 from members
    where workspace_id = ${workspaceId} and id = ${memberId} and status <> 'disabled'`);
  if (!found) throw invalidField(path, 'is no active member of this workspace');
}

/** The member who acts; null for keys and the system. */
export function memberOf(actor: Actor): number | null {
  return actor.kind === 'member' ? actor.id : null;
}
