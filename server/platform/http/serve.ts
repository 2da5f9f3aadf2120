/** Turns routes into a Hono app: authenticate, limit, validate, run, answer; every failure as problem+json. */
import type { Context, Hono } from 'hono';
import type { Endpoint } from '#contracts/kit.ts';
import { forbidden, methodNotAllowed, unauthenticated } from '#server/errors.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { once } from './idempotency.ts';
import type { Limiter } from './limit.ts';
import { parse, parseAddress, readJson } from './parse.ts';
import type { Actor, Route } from './route.ts';
import { requireSameOrigin } from './same-origin.ts';
import { send } from './send.ts';

export interface ServeDeps {
  pool: Pool;
  limiter: Limiter;
  /** null when the request carries no valid session or key */
  authenticate: (request: Request) => Promise<Actor | null>;
  /** address of the client */
  ipOf: (c: Context) => string;
  /** where people reach the product, as in https://cs.example.com */
  publicOrigin: () => string;
}

/** Call it once, with every route: a path that is known under another method answers 405. */
export function mount(app: Hono, routes: readonly Route[], deps: ServeDeps): void {
  const sorted = [...routes].sort((a, b) => (rank(a.endpoint.path) < rank(b.endpoint.path) ? -1 : 1));
  const methods = new Map<string, string[]>();
  for (const route of sorted) {
    const path = `/api/v1${route.endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`;
    app.on(route.endpoint.method, path, (c) => answer(c, route, deps));
    methods.set(path, [...(methods.get(path) ?? []), route.endpoint.method]);
  }
  for (const [path, allowed] of methods) {
    app.all(path, () => {
      throw methodNotAllowed([...allowed, ...(allowed.includes('GET') ? ['HEAD'] : [])].join(', '));
    });
  }
}

/** Hono takes the first route that fits, so a fixed word must come before a parameter at its place: '~' is the last of ASCII. */
function rank(path: string): string {
  return path.replace(/\{\w+\}/g, '~');
}

async function answer(c: Context, route: Route, deps: ServeDeps): Promise<Response> {
  const { endpoint } = route;
  const request = c.req.raw;
  const actor = endpoint.auth === 'public' ? null : await deps.authenticate(request);
  requireSameOrigin(request, deps.publicOrigin(), actor?.kind === 'member');
  const ip = deps.ipOf(c);
  const limits = await deps.limiter(actor ? `${actor.kind}:${actor.workspaceId}:${actor.id}` : `ip:${ip}`);
  allow(endpoint, actor);
  const parsed = {
    params: parseAddress(endpoint.params, c.req.param()),
    query: parseAddress(endpoint.query, c.req.query()),
    body: endpoint.body ? parse(endpoint.body, await readJson(request), '') : undefined,
  };
  if (route.kind === 'raw') {
    const result = await route.handle({ ...parsed, actor, pool: deps.pool, request, ip } as never);
    return send(endpoint, result, request, limits);
  }
  const known = actor as Actor;
  const result = await transaction(deps.pool, known.workspaceId, (tx) =>
    once(tx, request, route, parsed.body, () => route.handle({ ...parsed, actor: known, tx } as never)),
  );
  return send(endpoint, result, request, limits);
}

function allow(endpoint: Endpoint, actor: Actor | null): void {
  if (endpoint.auth === 'public') return;
  if (!actor) throw unauthenticated();
  if (endpoint.auth !== 'signed-in' && !actor.permissions.has(endpoint.auth)) throw forbidden(endpoint.auth);
}
