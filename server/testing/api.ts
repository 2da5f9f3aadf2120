import { Hono } from 'hono';
import { ApiError, call } from '#contracts/client.ts';
import type { Answer, Endpoint, Problem, Sent } from '#contracts/kit.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import type { Actor, Route } from '#server/platform/http/route.ts';
import { onError } from '#server/platform/http/send.ts';
import { mount } from '#server/platform/http/serve.ts';
import { createLogger } from '#server/platform/log/log.ts';

const origin = 'http://localhost';

/** Asks an endpoint; what comes back is held against its contract. @throws ApiError */
export type Ask = <E extends Endpoint>(endpoint: E, sent: Sent<E>) => Promise<Answer<E>>;

/** The routes over HTTP without a socket, asked as `actor`; null = nobody is signed in. */
export function createApi(pool: Pool, routes: readonly Route[], actor: Actor | null): Ask {
  const options = { baseUrl: origin, headers: { origin }, fetch: createFetch(pool, routes, actor) };
  return async (endpoint, sent) => {
    const answer = await call(endpoint, sent, options);
    if (!endpoint.produces) endpoint.response?.parse(answer);
    return answer;
  };
}

/** As `createApi`, for raw requests to http://localhost. */
export function createFetch(pool: Pool, routes: readonly Route[], actor: Actor | null): typeof fetch {
  const app = new Hono();
  app.onError(onError(createLogger('error')));
  mount(app, routes, {
    pool,
    limiter: async () => ({}),
    authenticate: async () => actor,
    ipOf: () => '127.0.0.1',
    publicOrigin: () => origin,
  });
  return (async (url, init) => app.request(String(url), init)) as typeof fetch;
}

/** The problem with which a call was refused. @throws Error when it was not */
export async function refusalOf(call: Promise<unknown>): Promise<Problem> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof ApiError) return outcome.problem;
  throw new Error('expected the call to be refused', { cause: outcome });
}
