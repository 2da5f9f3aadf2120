/** Cursors of lists that are sorted by a value which may be missing, with the id as the tie-breaker. */
import { invalidField } from '#server/errors.ts';

export type SortValue = number | string | null;

/** The last row of a page: where the next one goes on. */
export interface Position {
  value: SortValue;
  id: number;
}

/** `order` names the sort, so that a cursor is never taken for one of another order. */
export function writeSortedCursor(order: string, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url');
}

/** Null at the first page. @throws AppError 400 for anything `writeSortedCursor` did not make for this order */
export function readSortedCursor(
  cursor: string | undefined,
  order: string,
  isValue: (value: NonNullable<SortValue>) => boolean,
): Position | null {
  if (cursor === undefined) return null;
  const [wrote, value, id] = decode(cursor);
  const isKnown = value === null || ((typeof value === 'string' || typeof value === 'number') && isValue(value));
  if (!isKnown || !Number.isSafeInteger(id)) throw invalidField('cursor', 'is not one that this list gave');
  if (wrote !== order) throw invalidField('cursor', 'belongs to another order of this list');
  return { value, id: id as number };
}

function decode(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
