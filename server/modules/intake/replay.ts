/** Events that were set aside, sent again: after a fix of the event, or of the rule that refused it. */
import sql from 'sql-template-tag';
import type { replayRejected } from '#contracts/intake.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { invalidField, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { readBatch } from './read.ts';
import { storeMessages } from './store.ts';

const mostAtOnce = 1_000;

export async function replay(
  tx: Tx,
  actor: Actor,
  { ids, payload }: Parsed<typeof replayRejected>['body'],
  now: number,
): Promise<Answer<typeof replayRejected>> {
  if (payload !== undefined && ids?.length !== 1) throw invalidField('payload', 'corrects a single event: name its id');
  const rows = await tx.many<{ id: number; at: Date; payload: unknown }>(sql`select id, at, payload from rejected_events
    where workspace_id = ${actor.workspaceId} and replayed_at is null and (${ids ?? null}::bigint[] is null or id = any(${ids ?? null}))
    order by id limit ${mostAtOnce} for update`);
  if (ids !== undefined && rows.length < new Set(ids).size) throw notFound('event set aside');
  const payloads = rows.map((row) => payload ?? row.payload);
  // Replaying is a deliberate act: old dates are taken, as from a file.
  const batch = readBatch(payloads, { now, history: true, bytes: Number.POSITIVE_INFINITY });
  const stillRejected = new Map(batch.rejected.map((r) => [r.index, r]));
  if (batch.messages.length > 0) await storeMessages(tx, actor.workspaceId, batch.messages, now);
  const done = rows.filter((_, i) => !stillRejected.has(i)).map((row) => row.id);
  await tx.run(
    sql`update rejected_events set replayed_at = now() where workspace_id = ${actor.workspaceId} and id = any(${done})`,
  );
  for (const [i, { reason, field }] of stillRejected) {
    await tx.run(sql`update rejected_events set reason = ${reason}, field = ${field}
      where workspace_id = ${actor.workspaceId} and id = ${rows[i]!.id}`);
  }
  await audit(tx, actor, 'replayed', 'events', null, { stored: done.length, stillRejected: stillRejected.size });
  return { stored: done.length, stillRejected: stillRejected.size };
}
