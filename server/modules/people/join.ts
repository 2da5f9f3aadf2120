/** Two ids that turn out to be one person: telemetry's alias call. */
import type { Tx } from '#server/platform/db/pool.ts';
import { findContacts } from './find.ts';
import { mergeContacts } from './merge.ts';

/**
 * Makes the person known as `previousId` part of the one known as `userId`, with their events and memberships; where
 * only one of the two is known, it gets both ids. The same again changes nothing.
 */
export async function joinContacts(
  tx: Tx,
  workspaceId: number,
  source: string,
  pairs: readonly { userId: string; previousId: string }[],
): Promise<void> {
  for (const { userId, previousId } of pairs) {
    const [kept, joined] = await findContacts(tx, workspaceId, [
      { source, externalId: userId },
      { source, externalId: previousId },
    ]);
    if (kept && joined && kept.id !== joined.id) {
      await mergeContacts(tx, workspaceId, { keptId: kept.id, mergedId: joined.id, memberId: null });
    } else if (kept || joined) await addId(tx, workspaceId, source, kept ? previousId : userId, (kept ?? joined)!.id);
  }
}

async function addId(tx: Tx, workspaceId: number, source: string, externalId: string, contactId: number) {
  await tx.run({
    text: `insert into contact_ids (workspace_id, source, external_id, contact_id) values ($1, $2, $3, $4)
      on conflict do nothing`,
    values: [workspaceId, source, externalId, contactId],
  });
}
