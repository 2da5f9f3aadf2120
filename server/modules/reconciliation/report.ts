/** Where sources disagree, those with most revenue at stake first (chapter 01). */
import sql, { empty } from 'sql-template-tag';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { listDisagreements as contract, Disagreement } from '#contracts/reconciliation.ts';
import { titleOf } from '#core/accounts/truth.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readSortedCursor, writeSortedCursor } from '#server/platform/http/sorted-cursor.ts';
import { columns, conditionsOf, type DisputeRow, disputes, type Narrowing, named, stake } from './narrow.ts';
import { type Names, namesIn, presentSaid } from './present.ts';

type Report = Answer<typeof contract>;
const order = 'stake desc';

/** A page with the sums of all that match. @throws AppError 400 naming the cursor */
export async function listDisagreements(
  tx: Tx,
  workspaceId: number,
  { limit, cursor, ...narrowing }: Parsed<typeof contract>['query'],
): Promise<Report> {
  const position = readSortedCursor(cursor, order, Number.isSafeInteger, [(value) => typeof value === 'string']);
  const after = position
    ? sql`and (${stake} < ${position.value} or (${stake} = ${position.value}
        and (d.account_id, d.field) > (${position.id}, ${position.ties![0]})))`
    : empty;
  const rows = await tx.many<DisputeRow>(sql`select ${columns} from ${disputes} ${named}
    where ${conditionsOf(workspaceId, narrowing)} ${after}
    order by stake desc, d.account_id, d.field limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const names = await namesIn(tx, workspaceId, shown);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    items: shown.map((row) => presentDisagreement(row, names)),
    nextCursor: more ? writeSortedCursor(order, { value: last.stake, id: last.account_id, ties: [last.field] }) : null,
    ...(await sumsOf(tx, workspaceId, narrowing)),
  };
}

export function presentDisagreement(row: DisputeRow, names: Names): Disagreement {
  return {
    accountId: row.account_id,
    accountName: row.account_name,
    field: row.field,
    title: titleOf(row.field),
    said: row.said.map((claim, i) => presentSaid(row.field, claim, i === 0, names)),
    atStakeMinor: row.at_stake,
    differenceMinor: row.difference_minor,
    settled: row.settled,
    since: row.since.toISOString(),
  };
}

async function sumsOf(
  tx: Tx,
  workspaceId: number,
  narrowing: Narrowing,
): Promise<Omit<Report, 'items' | 'nextCursor'>> {
  const sums = await tx.one<Pick<Report, 'total' | 'accounts' | 'atStakeMinor' | 'differenceMinor'>>(sql`
    select coalesce(sum(disputes), 0) as total, count(*) as accounts, coalesce(sum(at_stake), 0) as "atStakeMinor",
      coalesce(sum(difference), 0) as "differenceMinor"
    from (select count(*) as disputes, max(greatest(l.arr_minor, d.most_minor)) as at_stake,
        sum(d.difference_minor) as difference
      from ${disputes} where ${conditionsOf(workspaceId, narrowing)} group by d.account_id) x`);
  const all = conditionsOf(workspaceId, { settled: narrowing.settled });
  const fields = await tx.many<{ field: string; disagreements: number }>(sql`
    select d.field, count(*) as disagreements from ${disputes} where ${all} group by d.field order by 2 desc, 1 limit 200`);
  const sources = await tx.many<Report['sources'][number]>(sql`
    select d.said -> 0 ->> 'source' as source, o.claim ->> 'source' as against, count(*) as disagreements
    from ${disputes} cross join lateral jsonb_array_elements(d.said - 0) as o (claim)
    where ${all} group by 1, 2 order by 3 desc, 1, 2 limit 200`);
  const { settled } = await tx.one<{ settled: number }>(sql`select count(*) as settled from ${disputes}
    where ${conditionsOf(workspaceId, { settled: 'true' })}`);
  return { ...sums, fields: fields.map((one) => ({ ...one, title: titleOf(one.field) })), sources, settled };
}
