import type { listAccounts as contract } from '#contracts/accounts.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readSortedCursor, writeSortedCursor } from '#server/platform/http/sorted-cursor.ts';
import { readCalendar } from '../calendar.ts';
import { presentListed } from '../present.ts';
import { conditionsOf, readFilters } from './filters.ts';
import { listPage } from './query.ts';
import { isValueOf } from './sorts.ts';

/** A page of accounts with the number and the ARR of all that match. @throws AppError 400 naming the filter or cursor */
export async function listAccounts(
  tx: Tx,
  workspaceId: number,
  { q, filters, sort, direction, limit, cursor }: Parsed<typeof contract>['query'],
): Promise<Answer<typeof contract>> {
  const order = `${sort} ${direction}`;
  const position = readSortedCursor(cursor, order, isValueOf(sort));
  const { today } = await readCalendar(tx, workspaceId);
  const context = { workspaceId, today };
  const conditions = await conditionsOf(tx, { q, filters: readFilters(filters) }, context);
  const found = await listPage(tx, conditions, { workspaceId, sort, direction }, { position, limit });
  const rows = found.rows.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => presentListed(row, today)),
    nextCursor: found.rows.length > limit ? writeSortedCursor(order, { value: last!.k, id: last!.id }) : null,
    total: found.total,
    arrMinor: found.arrMinor,
  };
}
