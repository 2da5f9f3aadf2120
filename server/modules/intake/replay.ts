/** Events that were set aside, sent again: after a fix of the event, or of the rule that refused it. */
import sql from 'sql-template-tag';
import type { replayRejected } from '#contracts/intake.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { invalidField, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { isPoison } from '#server/platform/http/database-fault.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { readBatch } from './read.ts';
import { storeMessages } from './store.ts';

const mostAtOnce = 1_000;
/** What was replayed is an event by now; what waits is kept until somebody has seen to it, or nobody has for a year. */
const keptDays = { replayed: 30, waiting: 365 };

export async function forgetOldRejected(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run(sql`delete from rejected_events where workspace_id = ${workspaceId}
    and (replayed_at < now() - make_interval(days => ${keptDays.replayed})
      or at < now() - make_interval(days => ${keptDays.waiting}))`);
}

type Request = Parsed<typeof replayRejected>['body'];
type Replayed = Answer<typeof replayRejected>;

/** Replays what was set aside, all of it in one transaction; if something in it cannot be stored, each by itself. */
export async function replay(
  pool: Pool,
  actor: Actor,
  { ids, payload }: Request,
  clock: () => number = Date.now,
): Promise<Replayed> {
  if (payload !== undefined && ids?.length !== 1) throw invalidField('payload', 'corrects a single event: name its id');
  return transaction(pool, actor.workspaceId, async (tx) => {
    const rows = await tx.many<{ id: number }>(sql`select id from rejected_events
      where workspace_id = ${actor.workspaceId} and replayed_at is null
        and (${ids ?? null}::bigint[] is null or id = any(${ids ?? null})) order by id limit ${mostAtOnce}`);
    if (ids !== undefined && rows.length < new Set(ids).size) throw notFound('event set aside');
    return rows.map((row) => row.id);
  }).then((found) => replayOf(pool, actor, found, payload, clock));
}

async function replayOf(
  pool: Pool,
  actor: Actor,
  ids: readonly number[],
  payload: unknown,
  clock: () => number,
): Promise<Replayed> {
  if (ids.length === 0) return { stored: 0, stillRejected: 0 };
  try {
    return await transaction(pool, actor.workspaceId, (tx) => replayInside(tx, actor, ids, payload, clock()));
  } catch (error) {
    if (!isPoison(error)) throw error;
  }
  if (ids.length === 1) {
    await transaction(pool, actor.workspaceId, (tx) =>
      keepRejected(tx, actor.workspaceId, ids[0]!, { reason: 'could not be stored', field: '' }),
    );
    return { stored: 0, stillRejected: 1 };
  }
  const total = { stored: 0, stillRejected: 0 };
  for (const id of ids) {
    const one = await replayOf(pool, actor, [id], payload, clock);
    total.stored += one.stored;
    total.stillRejected += one.stillRejected;
  }
  return total;
}

async function replayInside(
  tx: Tx,
  actor: Actor,
  ids: readonly number[],
  payload: unknown,
  now: number,
): Promise<Replayed> {
  const { workspaceId } = actor;
  const rows = await tx.many<{ id: number; payload: unknown }>(sql`select id, payload from rejected_events
    where workspace_id = ${workspaceId} and replayed_at is null and id = any(${ids}) order by id for update`);
  // Replaying is a deliberate act: old dates are taken, as from a file.
  const batch = readBatch(
    rows.map((row) => payload ?? row.payload),
    { now, history: true, bytes: Number.POSITIVE_INFINITY },
  );
  if (batch.messages.length > 0) await storeMessages(tx, workspaceId, batch.messages, now);
  for (const rejection of batch.rejected) await keepRejected(tx, workspaceId, rows[rejection.index]!.id, rejection);
  const stored = batch.messages.map((message) => rows[message.index]!.id);
  await tx.run(
    sql`update rejected_events set replayed_at = now() where workspace_id = ${workspaceId} and id = any(${stored})`,
  );
  const outcome = { stored: stored.length, stillRejected: batch.rejected.length };
  await audit(tx, actor, 'replayed', 'events', null, outcome);
  return outcome;
}

function keepRejected(tx: Tx, workspaceId: number, id: number, { reason, field }: { reason: string; field: string }) {
  return tx.run(sql`update rejected_events set reason = ${reason}, field = ${field}
    where workspace_id = ${workspaceId} and id = ${id}`);
}
