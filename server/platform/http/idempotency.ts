/** `Idempotency-Key`: the same write sent again gets the first answer and has no second effect. */
import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import { conflict, invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { TransactionRoute } from './route.ts';

/** The workspace that the transaction is fenced to. */
const workspace = sql`current_setting('app.workspace_id')::int`;

/**
 * Runs `run` unless its request was answered before under the same key: then the first answer is given again.
 * @throws AppError 400 for a key of a wrong length, 409 for one of another request, or of an answer that is not kept
 */
export async function once(
  tx: Tx,
  request: Request,
  { endpoint, answersOnce }: TransactionRoute,
  body: unknown,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers.get('idempotency-key');
  if (key === null || endpoint.method === 'GET') return run();
  if (key.length === 0 || key.length > 255) throw invalidField('Idempotency-Key', 'has 1 to 255 characters');
  const route = `${endpoint.method} ${new URL(request.url).pathname}`;
  const hash = createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex');
  // Taking the row first makes a concurrent repetition wait for this transaction.
  const taken = await tx.run(sql`insert into idempotency_keys (workspace_id, key, route, request_hash)
    values (${workspace}, ${key}, ${route}, ${hash}) on conflict do nothing`);
  if (taken === 0) {
    const first = await tx.one<{ route: string; request_hash: string; response: unknown }>(
      sql`select route, request_hash, response from idempotency_keys where workspace_id = ${workspace} and key = ${key}`,
    );
    if (first.route !== route || first.request_hash !== hash)
      throw conflict('This Idempotency-Key was used for another request.');
    if (answersOnce) throw conflict('This was done already; its answer held a secret that is shown once.');
    return first.response;
  }
  const response = await run();
  if (answersOnce) return response;
  await tx.run(
    sql`update idempotency_keys set response = ${JSON.stringify(response ?? null)}::jsonb
      where workspace_id = ${workspace} and key = ${key}`,
  );
  return response;
}

/** Two days are longer than any client goes on repeating. */
export function forgetOldKeys(tx: Tx, workspaceId: number): Promise<number> {
  return tx.run(sql`delete from idempotency_keys
    where workspace_id = ${workspaceId} and created_at < now() - interval '2 days'`);
}
