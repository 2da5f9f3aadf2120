/** In which order the register lists signals: by the sort, then the larger account first, then what is due, then by name. */
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Parsed } from '#contracts/kit.ts';
import type { listRisks } from '#contracts/risk.ts';
import { readSortedCursor, type SortValue, writeSortedCursor } from '#server/platform/http/sorted-cursor.ts';

type Query = Parsed<typeof listRisks>['query'];
type Order = Pick<Query, 'sort' | 'direction'>;
type Direction = Query['direction'];

export interface Key {
  type: 'float8' | 'text' | 'int' | 'bigint' | 'timestamptz';
  column: Sql;
  direction: Direction;
}

/**
 * Keys on `risk_signals r` and `account_list l`, missing values last. Indexes of 0009_risk_register.sql follow the first ones,
 * and that of 0013_register_order.sql the money.
 */
export function keysOf({ sort, direction }: Order): Key[] {
  const arr: Key = { type: 'bigint', column: sql`coalesce(l.arr_minor, -9007199254740991)`, direction: 'desc' };
  const respondBy: Key = { type: 'timestamptz', column: sql`r.respond_by`, direction: 'asc' };
  const name: Key = { type: 'text', column: sql`l.name_key`, direction: 'asc' };
  const sorts: Record<Query['sort'], Key[]> = {
    respondBy: [{ ...respondBy, direction }, arr],
    openedAt: [{ type: 'timestamptz', column: sql`r.opened_at`, direction }, arr],
    arrMinor: [direction === 'desc' ? arr : { ...arr, column: sql`l.arr_minor`, direction }, respondBy],
    accountName: [{ ...name, direction }, arr],
    urgency: [{ type: 'int', column: sql`r.urgency_rank`, direction }, arr, respondBy],
  };
  return [...sorts[sort], name, { type: 'bigint', column: sql`r.id`, direction: 'asc' }];
}

export function orderBy(keys: readonly Key[]): Sql {
  // what is never null needs no place for it, and an index is used only in the order in which it was made
  const placed = ({ column, direction }: Key) =>
    column.sql.startsWith('coalesce') ? sql`${column} ${raw(direction)}` : sql`${column} ${raw(direction)} nulls last`;
  return join(keys.map(placed), ', ');
}

/** The keys of a row as one JSON array, `keys`: what a cursor holds. Times as epoch microseconds, which come back exactly. */
export function keyColumns(order: Order): Sql {
  const values = keysOf(order).map(({ type, column }) =>
    type === 'timestamptz' ? sql`(extract(epoch from ${column}) * 1000000)::bigint` : column,
  );
  return sql`json_build_array(${join(values)}) as keys`;
}

/** Where a page begins: the keys of the last row before it; null = at the first. @throws AppError 400 for a foreign cursor */
export function readPosition(cursor: string | undefined, order: Order): SortValue[] | null {
  const checks = keysOf(order).map(({ type }) => (value: NonNullable<SortValue>) => {
    return type === 'text' ? typeof value === 'string' && !value.includes('\0') : Number.isSafeInteger(value);
  });
  const [first, ...ties] = checks.slice(0, -1);
  const found = readSortedCursor(cursor, nameOf(order), first!, ties);
  return found && [found.value, ...found.ties!, found.id];
}

export function writePosition(keys: readonly SortValue[], order: Order): string {
  const [value, ...ties] = keys.slice(0, -1);
  return writeSortedCursor(nameOf(order), { value: value!, id: Number(keys.at(-1)), ties });
}

function nameOf({ sort, direction }: Order): string {
  return `${sort} ${direction}`;
}

/** Whether a row comes after a position: beyond it by the first key, or equal there and after it by the others. */
export function after(position: readonly SortValue[], keys: readonly Key[]): Sql {
  return keys.reduceRight<Sql>((rest, { type, column, direction }, n) => {
    const value = position[n];
    if (value === null) return sql`(${column} is null and ${rest})`;
    const given =
      type === 'timestamptz'
        ? sql`(timestamptz 'epoch' + ${String(value)}::bigint * interval '1 microsecond')`
        : sql`${value}::${raw(type)}`;
    const beyond = raw(direction === 'asc' ? '>' : '<');
    return sql`(${column} ${beyond} ${given} or ${column} is null or (${column} = ${given} and ${rest}))`;
  }, sql`false`);
}
