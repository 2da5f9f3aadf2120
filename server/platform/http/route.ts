/** A route joins an endpoint of contracts/ with its handler. */
import type { Answer, Endpoint, Parsed } from '#contracts/kit.ts';
import type { Permission } from '#contracts/permissions.ts';
import { unauthenticated } from '#server/errors.ts';
import type { Pool, Tx } from '#server/platform/db/pool.ts';

/** Who is asking, in which workspace. */
export interface Actor {
  kind: 'member' | 'api_key' | 'system' | 'cli';
  /** member or key id; null for the system itself */
  id: number | null;
  name: string;
  workspaceId: number;
  permissions: ReadonlySet<Permission>;
}

export interface Ask<E extends Endpoint> extends Parsed<E> {
  actor: Actor;
  tx: Tx;
}

/** What a handler that needs more than one transaction gets: streams, files, sign-in. */
export interface RawAsk<E extends Endpoint> extends Parsed<E> {
  /** null on public endpoints */
  actor: Actor | null;
  pool: Pool;
  request: Request;
  /** address of the client, for rate limits and sessions */
  ip: string;
}

export interface TransactionRoute {
  endpoint: Endpoint;
  kind: 'transaction';
  handle: (ask: Ask<Endpoint>) => Promise<unknown>;
  /** the answer holds a secret that is shown once: it is not kept for repeated requests */
  answersOnce: boolean;
}

export type Route =
  | TransactionRoute
  | { endpoint: Endpoint; kind: 'raw'; handle: (ask: RawAsk<Endpoint>) => Promise<unknown> };

/** The handler runs inside one transaction, fenced to the actor's workspace; its answer is sent after commit. */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (ask: Ask<E>) => Promise<Answer<E>>,
  { answersOnce = false } = {},
): TransactionRoute {
  return { endpoint, kind: 'transaction', handle: handle as never, answersOnce };
}

/** The handler manages its own transactions and may answer with a Response of its own. */
export function rawRoute<E extends Endpoint>(
  endpoint: E,
  handle: (ask: RawAsk<E>) => Promise<Answer<E> | Response>,
): Route {
  return { endpoint, kind: 'raw', handle: handle as never };
}

/** Of a raw handler whose endpoint is not public: the server has made sure of an actor. */
export function workspaceOf(actor: Actor | null): number {
  if (actor === null) throw unauthenticated();
  return actor.workspaceId;
}
