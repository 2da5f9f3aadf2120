/** Facts without an id are known by what identifies them, so that the same file again changes nothing. */
import { createHash } from 'node:crypto';

/** The source's id, or one made of the identifying values. */
export function keyOf(id: string | null, ...identifying: (string | number | boolean | null)[]): string {
  return id ?? `auto:${digest(identifying).toString('base64url').slice(0, 22)}`;
}

/** A UUID that is the same for the same values. */
export function uuidOf(...identifying: unknown[]): string {
  const hex = digest(identifying).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** 63 bits as text, never 0 and never negative. */
export function partOf(...identifying: (string | null)[]): string {
  return String((digest(identifying).readBigUInt64BE(0) >> 1n) | 1n);
}

function digest(values: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(values)).digest();
}
