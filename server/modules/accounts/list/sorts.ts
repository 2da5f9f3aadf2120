/** How an account list is sorted: missing values last in both directions, then by id. */
import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { sortFields } from '#contracts/accounts.ts';
import { stages, tiers } from '#contracts/accounts.ts';
import { fromIso } from '#core/calendar/day.ts';
import type { Position, SortValue } from '#server/platform/http/sorted-cursor.ts';

export type SortField = (typeof sortFields)[number];
export type Direction = 'asc' | 'desc';

interface Sort {
  type: 'text' | 'float8' | 'date';
  column: Sql;
  /** what the column needs beside `account_list l` */
  join?: (workspaceId: number) => Sql;
}

const number = (column: Sql): Sort => ({ type: 'float8', column });
const rank = (column: Sql, words: readonly string[]): Sort =>
  number(raw(`case ${column.text} ${words.map((word, n) => `when '${word}' then ${n}`).join(' ')} end`));

const sorts: Record<SortField, Sort> = {
  name: { type: 'text', column: sql`l.name_key` },
  score: number(sql`l.score`),
  change7d: number(sql`l.change_7d`),
  change30d: number(sql`l.change_30d`),
  arrMinor: number(sql`l.arr_minor`),
  renewalDay: { type: 'date', column: sql`l.renewal_day` },
  riskLevel: number(sql`l.risk_level`),
  openRisks: number(sql`l.open_risks`),
  ownerName: {
    type: 'text',
    column: sql`o.name_key`,
    join: (workspaceId) => sql`left join (select m.id, name_key(m.name) collate "C" as name_key from members m
      where m.workspace_id = ${workspaceId}) o on o.id = l.owner_id`,
  },
  // the largest tier is the highest
  tier: rank(sql`l.tier`, tiers.toReversed()),
  stage: rank(sql`l.stage`, stages),
  lastActiveDay: { type: 'date', column: sql`l.last_active_day` },
  coverage: number(sql`l.coverage`),
  seats: number(sql`l.seats`),
  activeUsers: number(sql`l.active_users`),
};

/** The value to sort by, cast so that it comes back in a cursor exactly as it went out. */
export function sortKey(field: SortField): Sql {
  const { type, column } = sorts[field];
  return sql`(${column})::${raw(type)}`;
}

export function sortJoin(field: SortField, workspaceId: number): Sql {
  return sorts[field].join?.(workspaceId) ?? empty;
}

export function orderBy(key: Sql, direction: Direction, id: Sql): Sql {
  return sql`${key} ${raw(direction)} nulls last, ${id} ${raw(direction)}`;
}

/** Whether a row (`k`, `account_id`) comes after a position. */
export function after(position: Position, field: SortField, direction: Direction): Sql {
  const beyond = raw(direction === 'asc' ? '>' : '<');
  if (position.value === null) return sql`k is null and account_id ${beyond} ${position.id}::bigint`;
  const value = sql`${position.value}::${raw(sorts[field].type)}`;
  return sql`(k ${beyond} ${value} or (k = ${value} and account_id ${beyond} ${position.id}::bigint) or k is null)`;
}

/** Whether a value of a cursor can be one of this sort. */
export function isValueOf(field: SortField): (value: NonNullable<SortValue>) => boolean {
  const { type } = sorts[field];
  if (type === 'float8') return (value) => typeof value === 'number';
  if (type === 'date') return (value) => typeof value === 'string' && fromIso(value) !== null;
  return (value) => typeof value === 'string';
}
