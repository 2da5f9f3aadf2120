import sql, { empty } from 'sql-template-tag';
import type { Answer } from '#contracts/kit.ts';
import type { getBandHistory } from '#contracts/portfolio.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { bandsOf, place } from './overview.ts';
import type { Scope } from './scope.ts';

interface Row {
  day: string;
  band: string | null;
  accounts: number;
  arrMinor: number;
}

/** The book of each closed day by band, oldest first; `from` and `to` are inside. */
export async function readHistory(
  tx: Tx,
  { workspaceId, ownerId, tier }: Scope,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<Answer<typeof getBandHistory>> {
  const rows = await tx.many<Row>(sql`select day, nullif(band, '') as band, sum(accounts) as accounts,
      sum(arr_minor)::bigint as "arrMinor"
    from book_days where workspace_id = ${workspaceId}
      ${from === undefined ? empty : sql`and day >= ${from}::date`} ${to === undefined ? empty : sql`and day <= ${to}::date`}
      ${ownerId === undefined ? empty : sql`and owner_id = ${ownerId}`} ${tier === undefined ? empty : sql`and tier = ${tier}`}
    group by day, band order by day`);
  const bands = await bandsOf(tx, workspaceId);
  const days = [...Map.groupBy(rows, (row) => row.day)].map(([day, own]) => ({
    day,
    bands: own
      .sort((a, b) => place(bands, a.band) - place(bands, b.band))
      .map(({ band, accounts, arrMinor }) => ({ band, accounts, arrMinor })),
  }));
  return { days };
}
