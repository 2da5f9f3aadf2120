/** Routes asked by method and path, for tests of what the addresses themselves answer: status, faults, headers. */
import type { Pool } from '#server/platform/db/pool.ts';
import type { Actor, Route } from '#server/platform/http/route.ts';
import { createFetch } from './api.ts';

/** Whatever a test expects to find there. */
// biome-ignore lint/suspicious/noExplicitAny: the contract has been checked, the test names what it reads
type Json = any;

export interface JsonAnswer {
  status: number;
  /** parsed JSON; null when it is none */
  body: Json;
  headers: Headers;
  text: string;
}

export type JsonApi = (method: string, path: string, body?: unknown) => Promise<JsonAnswer>;

/** As `createApi`, below /api/v1. A good JSON answer is held against the contract of its endpoint. */
export function createJsonApi(pool: Pool, routes: readonly Route[], actor: Actor | null): JsonApi {
  const ask = createFetch(pool, routes, actor);
  return async (method, path, body) => {
    const response = await ask(`http://localhost/api/v1${path}`, {
      method,
      headers: { origin: 'http://localhost', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const parsed: unknown = isJson ? JSON.parse(text) : null;
    if (isJson && response.ok) endpointOf(routes, method, path)?.response?.parse(parsed);
    return { status: response.status, body: parsed, headers: response.headers, text };
  };
}

function endpointOf(routes: readonly Route[], method: string, path: string) {
  const [place] = path.split('?');
  const fits = routes.filter(({ endpoint }) => {
    const pattern = endpoint.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+');
    return endpoint.method === method && new RegExp(`^${pattern}$`).test(place!);
  });
  return (fits.find(({ endpoint }) => endpoint.path === place) ?? fits[0])?.endpoint;
}
