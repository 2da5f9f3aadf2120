/** What a year of daily snapshots costs on disk, measured on a few accounts whose signals move as real ones do. */
import { dayOf } from '#core/calendar/day.ts';
import { markAllHistories, refillSome } from '#server/modules/evaluator/index.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';

export interface DiskFigures {
  accountDays: number;
  bytesAnAccountDay: number;
  /** extrapolated: 100 000 accounts, 365 days, both readings */
  gigabytesAYear: number;
}

/** Fills in the past of the workspace's accounts, of which there should be few, and measures its blocks. */
export async function benchDisk(pool: Pool, workspaceId: number): Promise<DiskFigures> {
  await transaction(pool, workspaceId, async (tx) => {
    await tx.run({ text: 'delete from dirty_accounts where workspace_id = $1', values: [workspaceId] });
    await markAllHistories(tx, workspaceId);
  });
  const now = Date.now();
  const log = createLogger('error');
  for (;;) {
    if ((await refillSome(pool, workspaceId, now, log)) === 0) break;
    await transaction(pool, workspaceId, (tx) =>
      tx.run({ text: 'delete from dirty_accounts where workspace_id = $1', values: [workspaceId] }),
    );
  }
  const { bytes, months } = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ bytes: number; months: number }>({
      text: `select sum(pg_column_size(h.*))::bigint as bytes, count(*) as months from account_histories h
        where workspace_id = $1 and month < date_trunc('month', date '1970-01-01' + $2::int)
          and month > (select min(month) from account_histories where workspace_id = $1)`,
      values: [workspaceId, dayOf(now, 'UTC')],
    }),
  );
  const accountDays = months * 30.44;
  const bytesAnAccountDay = bytes / accountDays;
  return {
    accountDays: Math.round(accountDays),
    bytesAnAccountDay,
    gigabytesAYear: (bytesAnAccountDay * 1e5 * 365 * 2) / 1e9,
  };
}
