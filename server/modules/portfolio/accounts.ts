/** Single accounts of the book that stand out. */
import sql, { raw } from 'sql-template-tag';
import { riskLevels } from '#contracts/accounts.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { getMovers, getScatter } from '#contracts/portfolio.ts';
import { fromIso } from '#core/calendar/day.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { largestMoves } from '#server/modules/health/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { inBook, type Scope } from './scope.ts';

type Point = Answer<typeof getScatter>['points'][number];
type Mover = Answer<typeof getMovers>['up'][number];

/** Accounts with a score that renew within `withinDays`, largest ARR first. */
export async function readScatter(
  tx: Tx,
  scope: Scope,
  { withinDays, limit }: Pick<Parsed<typeof getScatter>['query'], 'withinDays' | 'limit'>,
): Promise<Answer<typeof getScatter>> {
  const { today } = await readCalendar(tx, scope.workspaceId);
  const rows = await tx.many<Omit<Point, 'riskLevel'> & { risk_level: number; matching: number }>(sql`
    with matched as materialized (
      select l.account_id, l.score, l.band, l.renewal_day - ${today}::date as days, coalesce(l.arr_minor, 0) as arr,
        l.risk_level
      from account_list l where ${inBook(scope)} and l.score is not null and l.band is not null
        and l.renewal_day between ${today}::date and ${today}::date + ${withinDays}::int)
    select m.account_id as id, a.name, m.score, m.band, m.days as "daysToRenewal", m.arr as "arrMinor", m.risk_level,
      (select count(*) from matched) as matching
    from (select * from matched order by arr desc, account_id limit ${limit}) m
    join accounts a on a.workspace_id = ${scope.workspaceId} and a.id = m.account_id order by m.arr desc, m.account_id`);
  const points = rows.map(({ risk_level, matching: _, ...point }) => ({
    ...point,
    riskLevel: riskLevels[risk_level] ?? 'none',
  }));
  return { points, left: (rows[0]?.matching ?? 0) - points.length };
}

const moverDays = 7;

/** Largest changes of the score over 7 days, both ways, each with the part that moved most; less than a point is no move. */
export async function readMovers(tx: Tx, scope: Scope, limit: number): Promise<Answer<typeof getMovers>> {
  const up = await movedAccounts(tx, scope, 'desc', limit);
  const down = await movedAccounts(tx, scope, 'asc', limit);
  const { today } = await readCalendar(tx, scope.workspaceId);
  const ids = [...up, ...down].map(({ id }) => id);
  const moves = await largestMoves(tx, scope.workspaceId, ids, fromIso(today)! - moverDays);
  const withMove = (mover: Moved): Mover => {
    const move = moves.get(mover.id);
    if (!move) return { ...mover, movedMost: null };
    const { title, signal } = move.kind === 'component' ? move : { title: null, signal: null };
    return { ...mover, movedMost: { kind: move.kind, title, signal, points: move.points } };
  };
  return { up: up.map(withMove), down: down.map(withMove) };
}

type Moved = Omit<Mover, 'movedMost'>;

function movedAccounts(tx: Tx, scope: Scope, direction: 'asc' | 'desc', limit: number): Promise<Moved[]> {
  return tx.many<Moved>(sql`select l.account_id as id, a.name, l.arr_minor as "arrMinor", l.score, l.change_7d as change,
      l.band, m.name as "ownerName"
    from (select l.workspace_id, l.account_id, l.owner_id, l.arr_minor, l.score, l.change_7d, l.band from account_list l
      where ${inBook(scope)} and l.score is not null and l.band is not null
        and l.change_7d ${direction === 'desc' ? sql`>= 1` : sql`<= -1`}
      order by l.change_7d ${raw(direction)}, l.arr_minor desc nulls last, l.account_id limit ${limit}) l
    join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    left join members m on m.workspace_id = l.workspace_id and m.id = l.owner_id
    order by l.change_7d ${raw(direction)}, l.arr_minor desc nulls last, l.account_id`);
}
