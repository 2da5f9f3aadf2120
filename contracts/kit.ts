/**
 * An endpoint is declared once, here in contracts, and is the source of request validation, the handler's types,
 * the typed client and the OpenAPI document. Why not a framework's own: docs/decisions/0004-contracts.md.
 */
import { z } from 'zod';
import type { Permission } from './permissions.ts';

type Shape = z.ZodObject | undefined;
// An optional property reads as `S | undefined`, so absence is told by what is left without undefined.
type Out<S> = [NonNullable<S>] extends [never] ? undefined : z.output<NonNullable<S>>;
type Given<S, Part> = [NonNullable<S>] extends [never] ? unknown : Part;
type In<S> = z.input<NonNullable<S>>;

export interface Endpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  R extends z.ZodType | undefined = z.ZodType | undefined,
> {
  /** unique, camelCase: the operationId */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** below /api/v1, with {name} for path parameters */
  path: string;
  tag: string;
  summary: string;
  /** 'public': anybody · 'signed-in': any member or key · otherwise the permission needed */
  auth: 'public' | 'signed-in' | Permission;
  params?: P;
  query?: Q;
  body?: B;
  /** absent = 204 */
  response?: R;
  status?: 200 | 201 | 202;
  /** what is sent when it is not JSON */
  produces?: 'text/csv' | 'application/x-ndjson' | 'application/zip' | 'text/event-stream';
  /** what is read when it is not JSON: the raw body, streamed */
  consumes?: 'application/octet-stream';
}

export function endpoint<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(definition: Endpoint<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return definition;
}

/** What a handler receives: parsed values. */
export interface Parsed<E extends Endpoint> {
  params: Out<E['params']>;
  query: Out<E['query']>;
  body: Out<E['body']>;
}
/** What a caller sends. */
export type Sent<E extends Endpoint> = Given<E['params'], { params: In<E['params']> }> &
  Given<E['query'], { query?: In<E['query']> }> &
  Given<E['body'], { body: In<E['body']> }>;
export type Answer<E extends Endpoint> = Out<E['response']>;

/** RFC 9457, with the place of each fault. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** names this occurrence in the server's log */
    id: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

export const id = z.coerce.number().int().positive();
/** ids of small tables, held in four bytes */
export const smallId = z.coerce.number().int().positive().max(2_147_483_647);
export const byId = z.object({ id });
export const byKey = z.object({ key: z.string().min(1).max(200) });
export const instant = z.iso.datetime();
/** a workspace day */
export const day = z.iso.date();
export const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as EUR');
export const timeZone = z.string().refine(isTimeZone, 'not a time zone of the IANA list');
/** money in minor units, with its currency known from the context */
export const minor = z.number().int();
export const json = z.record(z.string(), z.unknown());

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2000).optional(),
};
export function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    /** pass as `cursor` for the next page; null = this was the last */
    nextCursor: z.string().nullable(),
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
