/** Telemetry as the demo's product sends it: what came in over the last days, and the latest messages by the real way. */
import sql from 'sql-template-tag';
import { badMessages, serverSdk, unmatchedMessages, type Wire, webSdk } from '#seed/demo/extras/messages.ts';
import type { Scene } from '#seed/demo/scene.ts';
import { createFlush, readBatch } from '#server/modules/intake/index.ts';
import type { Pool, Tx } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';
import type { WriteKeys } from './store.ts';

/** How long minutes of intake are kept. */
const days = 7;

/**
 * The minutes in which the events of the last days came in, a second or two after they happened: as the counters would
 * stand had they been sent then. What no person did comes from the server's SDK, and so do some people's events.
 */
export async function countPastIntake(tx: Tx, workspaceId: number, now: number): Promise<void> {
  await tx.run(sql`insert into intake_minutes (workspace_id, source, minute, accepted, last_event_at, max_lag_ms)
    select workspace_id, case when contact_id is null or contact_id % 6 = 0 then ${serverSdk} else ${webSdk} end as sdk,
      date_trunc('minute', ts) as at_minute, count(*), max(ts), 400 + 37 * (extract(epoch from max(ts))::bigint % 60)
    from events where workspace_id = ${workspaceId} and account_id is not null
      and ts > to_timestamp(${now}::float8 / 1000) - make_interval(days => ${days}) and ts <= to_timestamp(${now}::float8 / 1000)
    group by workspace_id, sdk, at_minute on conflict do nothing`);
}

/** Messages that find no account, and messages that are set aside. */
export async function sendMessages(
  { pool, log }: { pool: Pool; log: Logger },
  workspaceId: number,
  scene: Scene,
  keys: WriteKeys,
): Promise<void> {
  const flush = createFlush({ pool, log, onStored: () => undefined });
  const send = async (raw: readonly Wire[], keyId: number, source: string) => {
    const bytes = JSON.stringify(raw).length;
    const batch = readBatch(raw, { now: scene.now, history: false, bytes });
    await flush(workspaceId, [{ ...batch, owner: { workspaceId, keyId }, source, bytes }]);
  };
  await send(unmatchedMessages(scene), keys.web, webSdk);
  await send(badMessages(scene), keys.server, serverSdk);
}
