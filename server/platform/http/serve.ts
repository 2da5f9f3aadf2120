/** Turns routes into a Hono app: authenticate, limit, validate, run, answer; every failure as problem+json. */
import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Endpoint } from '#contracts/kit.ts';
import { AppError, forbidden, invalid, unauthenticated, unsupported } from '#server/errors.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { parseStorable, readBody } from './body.ts';
import { databaseFault } from './database-fault.ts';
import { once } from './idempotency.ts';
import type { Limiter } from './limit.ts';
import type { Actor, Route } from './route.ts';

const bodyLimitBytes = 2_000_000;

export interface ServeDeps {
  pool: Pool;
  log: Logger;
  limiter: Limiter;
  /** null when the request carries no valid session or key */
  authenticate: (request: Request) => Promise<Actor | null>;
  ipOf: (c: Context) => string;
}

export function mount(app: Hono, routes: readonly Route[], deps: ServeDeps): void {
  for (const route of routes) {
    const path = `/api/v1${route.endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`;
    app.on(route.endpoint.method, path, (c) => answer(c, route, deps));
  }
}

async function answer(c: Context, route: Route, deps: ServeDeps): Promise<Response> {
  const { endpoint } = route;
  const request = c.req.raw;
  const actor = endpoint.auth === 'public' ? null : await deps.authenticate(request);
  const ip = deps.ipOf(c);
  const limits = await deps.limiter(actor ? `${actor.kind}:${actor.workspaceId}:${actor.id}` : `ip:${ip}`);
  allow(endpoint, actor);
  const parsed = {
    params: parse(endpoint.params, c.req.param(), ''),
    query: parse(endpoint.query, c.req.query(), ''),
    body: endpoint.body ? parse(endpoint.body, await readJson(request), '') : undefined,
  };
  if (route.kind === 'raw') {
    return send(endpoint, await route.handle({ ...parsed, actor, pool: deps.pool, request, ip } as never), limits);
  }
  const known = actor as Actor;
  const run = () =>
    transaction(deps.pool, known.workspaceId, (tx) =>
      once(tx, request, endpoint, parsed.body, () => route.handle({ ...parsed, actor: known, tx } as never)),
    );
  return send(endpoint, await run(), limits);
}

function allow(endpoint: Endpoint, actor: Actor | null): void {
  if (endpoint.auth === 'public') return;
  if (!actor) throw unauthenticated();
  if (endpoint.auth !== 'signed-in' && !actor.permissions.has(endpoint.auth)) throw forbidden(endpoint.auth);
}

async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(type)) throw unsupported('Send application/json.');
  const text = (await readBody(request, bodyLimitBytes)).toString('utf8');
  try {
    return parseStorable(text);
  } catch {
    throw invalid([{ path: '', message: 'the body is not JSON' }]);
  }
}

export function parse<S extends z.ZodType | undefined>(schema: S, value: unknown, at: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(result.error.issues.map((issue) => ({ path: place(at, issue), message: issue.message })));
}

function place(at: string, issue: z.core.$ZodIssue): string {
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`),
    at,
  );
}

function send(endpoint: Endpoint, result: unknown, headers: Record<string, string>): Response {
  if (result instanceof Response) {
    for (const [name, value] of Object.entries(headers)) result.headers.set(name, value);
    return result;
  }
  if (!endpoint.response) return new Response(null, { status: 204, headers });
  return Response.json(result, {
    status: endpoint.status ?? 200,
    headers: { 'cache-control': 'no-store', ...headers },
  });
}

/** The last resort of the whole app: known errors as they are, database refusals by name, the rest as 500 with an id. */
export function onError(log: Logger): (error: unknown) => Response {
  return (error) => {
    const known = error instanceof AppError ? error : databaseFault(error);
    if (known) return problemResponse(known);
    const id = randomUUID();
    log.error({ err: error, id }, 'request failed');
    return problemResponse(new AppError(500, 'internal', 'Something broke on our side', 'Nothing was changed.'), id);
  };
}

export function problemResponse(error: AppError, id?: string): Response {
  return new Response(JSON.stringify(error.toProblem(id)), {
    status: error.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...error.headers },
  });
}
