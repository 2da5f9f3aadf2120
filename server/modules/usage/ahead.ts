/** Events whose clock ran ahead count from their own time on. */
import { markDirty } from '#server/modules/dirty/index.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { countEvents, type IncomingEvent } from './ingest.ts';

/** Counts events that were set aside and whose time has come. Returns how many. */
export function applyDueEvents(pool: Pool, workspaceId: number, now: number): Promise<number> {
  return transaction(pool, workspaceId, async (tx) => {
    const due = await tx.many<IncomingEvent>({
      name: 'take-due-events',
      text: `with due as (delete from events_ahead where workspace_id = $1 and ts <= to_timestamp($2::float8 / 1000)
          returning ts, message_id)
        select extract(epoch from e.ts)::float8 * 1000 as at, e.message_id as "messageId", e.account_id as "accountId",
          e.contact_id as "contactId", e.event_name_id as "eventNameId", n.kind, null as reference, null as properties
        from due join events e on e.workspace_id = $1 and e.ts = due.ts and e.message_id = due.message_id
        join event_names n on n.workspace_id = $1 and n.id = e.event_name_id where e.account_id is not null`,
      values: [workspaceId, now],
    });
    const accounts = [...new Set(due.map((e) => e.accountId!))];
    await markDirty(
      tx,
      workspaceId,
      accounts.map((accountId) => ({ accountId, families: ['usage'], historyFrom: null })),
    );
    await countEvents(tx, workspaceId, due, now);
    return due.length;
  });
}
