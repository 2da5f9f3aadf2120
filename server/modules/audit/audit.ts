import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

/**
 * Writes who changed what, in the transaction of the change, so that neither exists without the other (spec 15).
 * `action` is a verb in the past tense ('created', 'published'), `subjectKind` a glossary word ('scorecard', 'member').
 * `detail` holds what a reader needs to understand the change, never a secret; default {}.
 */
export async function audit(
  tx: Tx,
  actor: Actor,
  action: string,
  subjectKind: string,
  subjectId: string | number | null,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await tx.run(sql`insert into audit_log
      (workspace_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail)
    values (${actor.workspaceId}, ${actor.kind}, ${actor.id}, ${actor.name}, ${action}, ${subjectKind},
      ${subjectId === null ? null : String(subjectId)}, ${JSON.stringify(detail)}::jsonb)`);
}

/** What the product does by itself in a workspace: daily pass, migrations, set-up. */
export function systemActor(workspaceId: number): Actor {
  return { kind: 'system', id: null, name: 'Perennial', workspaceId, permissions: new Set() };
}
