/** From what a client sent to values that a handler can trust; each fault is named by its place. */
import type { z } from 'zod';
import { invalid, unsupported } from '#server/errors.ts';
import { parseStorable, readBody, unpack } from './body.ts';
import { messageOf } from './messages.ts';

const bodyLimitBytes = 2_000_000;
/** Far more than any body of ours nests; deeper ones would exhaust the stack of whoever walks or stores them. */
const deepest = 64;

export async function readJson(request: Request): Promise<unknown> {
  requireJson(request.headers);
  const bytes = await unpack(await readBody(request, bodyLimitBytes), bodyLimitBytes);
  let value: unknown;
  try {
    value = parseStorable(bytes.toString('utf8'));
  } catch {
    throw invalid([{ path: '', message: 'the body is not JSON' }]);
  }
  if (!isShallow(value, deepest))
    throw invalid([{ path: '', message: `the body nests deeper than ${deepest} levels` }]);
  return value;
}

function requireJson(headers: Headers): void {
  const type = headers.get('content-type') ?? '';
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type)) throw unsupported('Send application/json.');
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw unsupported('Send UTF-8.');
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (!/^(identity|gzip)$/i.test(encoding)) throw unsupported('Send the body plain or as gzip.');
}

function isShallow(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** @throws AppError 400 that names each fault's place below `at` */
export function parse<S extends z.ZodType | undefined>(schema: S, value: unknown, at: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: messageOf });
  if (result.success) return result.data;
  throw invalid(result.error.issues.slice(0, 100).map((issue) => ({ path: place(at, issue), message: issue.message })));
}

/** Parameters of the path or the query, as `parse`: their names are their places. */
export function parseAddress<S extends z.ZodType | undefined>(schema: S, given: Record<string, string>): unknown {
  // No text of the database has one, and a file that is sent while it is made would find out after it has begun.
  const [name] = Object.entries(given).find(([, value]) => value.includes('\0')) ?? [];
  if (name !== undefined) throw invalid([{ path: name, message: 'must not hold the character NUL' }]);
  return parse(schema, given, '');
}

function place(at: string, issue: z.core.$ZodIssue): string {
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`),
    at,
  );
}
