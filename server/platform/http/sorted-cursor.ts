/** Cursors of lists that are sorted by a value which may be missing, with the id as the tie-breaker. */
import { invalidField } from '#server/errors.ts';

export type SortValue = number | string | null;

/** The last row of a page: where the next one goes on. */
export interface Position {
  value: SortValue;
  id: number;
  /** of the keys by which the list puts rows of one value in order, before their ids */
  ties?: SortValue[];
}

/** `order` names the sort, so that a cursor is never taken for one of another order. */
export function writeSortedCursor(order: string, { value, id, ties = [] }: Position): string {
  return Buffer.from(JSON.stringify([order, value, id, ...ties])).toString('base64url');
}

/** Null at the first page. @throws AppError 400 for anything `writeSortedCursor` did not make for this order */
export function readSortedCursor(
  cursor: string | undefined,
  order: string,
  isValue: IsValue,
  ties: readonly IsValue[] = [],
): Position | null {
  if (cursor === undefined) return null;
  const [wrote, value, id, ...rest] = decode(cursor);
  const isKnown =
    isSortValue(value, isValue) &&
    rest.length === ties.length &&
    rest.every((each, n) => isSortValue(each, ties[n]!)) &&
    Number.isSafeInteger(id);
  if (!isKnown) throw invalidField('cursor', 'is not one that this list gave');
  if (wrote !== order) throw invalidField('cursor', 'belongs to another order of this list');
  return { value, id: id as number, ties: rest as SortValue[] };
}

type IsValue = (value: NonNullable<SortValue>) => boolean;

function isSortValue(value: unknown, isValue: IsValue): value is SortValue {
  return value === null || ((typeof value === 'string' || typeof value === 'number') && isValue(value));
}

function decode(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
