import { randomUUID } from 'node:crypto';
import type { Endpoint } from '#contracts/kit.ts';
import { AppError, internal } from '#server/errors.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { acceptedEncoding, pack, worthPackingBytes } from './compress.ts';
import { databaseFault } from './database-fault.ts';

/** The answer of a handler as a response; one that the handler made itself only gets the extra headers. */
export async function send(
  endpoint: Endpoint,
  result: unknown,
  request: Request,
  headers: Record<string, string>,
): Promise<Response> {
  if (result instanceof Response) {
    // Nobody reads the body of an answer to HEAD: a stream behind it must not wait with its connection open.
    if (request.method === 'HEAD') await result.body?.cancel();
    for (const [name, value] of Object.entries(headers)) result.headers.set(name, value);
    return result;
  }
  if (!endpoint.response) return new Response(null, { status: 204, headers });
  const all = { 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'accept-encoding', ...headers };
  const status = endpoint.status ?? 200;
  const text = JSON.stringify(result);
  const encoding = text.length < worthPackingBytes ? null : acceptedEncoding(request.headers.get('accept-encoding'));
  if (encoding === null) return new Response(text, { status, headers: all });
  const packed = await pack(Buffer.from(text), encoding, 4);
  return new Response(new Uint8Array(packed), { status, headers: { ...all, 'content-encoding': encoding } });
}

/** The last resort of the whole app: known errors as they are, database refusals by name, the rest as 500 with an id. */
export function onError(log: Logger): (error: unknown) => Response {
  return (error) => {
    const known = error instanceof AppError ? error : databaseFault(error);
    if (known) return problemResponse(known);
    const id = randomUUID();
    log.error({ err: error, id }, 'request failed');
    return problemResponse(internal(), id);
  };
}

export function problemResponse(error: AppError, id?: string): Response {
  return new Response(JSON.stringify(error.toProblem(id)), {
    status: error.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...error.headers },
  });
}
