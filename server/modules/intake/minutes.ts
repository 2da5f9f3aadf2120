/** What came in, minute by minute and source by source: rates, lag and errors of the Intake page. */
import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Stored } from './store.ts';

export interface SourceCount {
  source: string;
  stored: readonly Stored[];
  rejected: number;
}

/** Adds to the counts of this minute. Lag is how long after it happened an event arrived. */
export async function countIntake(
  tx: Tx,
  workspaceId: number,
  counts: readonly SourceCount[],
  now: number,
): Promise<void> {
  // In one order for all, so that two processes never wait for each other.
  const sorted = [...counts].sort((a, b) => (a.source < b.source ? -1 : 1));
  for (const { source, stored, rejected } of sorted) {
    const fresh = stored.filter((one) => one.fresh);
    const newest = fresh.reduce((latest, one) => Math.max(latest, one.at), Number.NEGATIVE_INFINITY);
    const oldest = fresh.reduce((earliest, one) => Math.min(earliest, one.at), now);
    const unmatched = fresh.filter((one) => !one.matched).length;
    await tx.run(sql`insert into intake_minutes as m (workspace_id, source, minute, accepted, duplicates, rejected, unmatched, last_event_at, max_lag_ms)
      values (${workspaceId}, ${source}, date_trunc('minute', now()), ${fresh.length}, ${stored.length - fresh.length}, ${rejected}, ${unmatched},
        to_timestamp(${fresh.length === 0 ? null : newest / 1000}::float8), ${Math.round(now - oldest)})
      on conflict (workspace_id, source, minute) do update set accepted = m.accepted + excluded.accepted,
        duplicates = m.duplicates + excluded.duplicates, rejected = m.rejected + excluded.rejected,
        unmatched = m.unmatched + excluded.unmatched, last_event_at = greatest(m.last_event_at, excluded.last_event_at),
        max_lag_ms = greatest(m.max_lag_ms, excluded.max_lag_ms)`);
  }
}
