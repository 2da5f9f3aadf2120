/** Cursors are opaque to clients: what is inside may change, what a client may do with one may not. */
import { invalidField } from '#server/errors.ts';

/** The cursor of a list ordered by one whole-number key. */
export function writeCursor(key: number): string {
  return Buffer.from(String(key)).toString('base64url');
}

/** The key to go on after; null at the first page. @throws AppError 400 for anything `writeCursor` did not make */
export function readCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!/^\d{1,15}$/.test(text)) throw invalidField('cursor', 'is not one that this list gave');
  return Number(text);
}
