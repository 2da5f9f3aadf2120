/** Letting accounts follow their claims again: an order was changed, or claims came or went otherwise than by a statement. */
import type { Tx } from '#server/platform/db/pool.ts';
import type { Cause } from '../row.ts';
import { type OpenAccounts, openAccounts } from './open-accounts.ts';

/** @param fields null = all that anybody speaks of */
export async function redecide(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  fields: readonly string[] | null,
  cause: Cause,
): Promise<void> {
  await followAgain(await openAccounts(tx, workspaceId, accountIds), fields, cause);
}

/** The same for accounts that are open already. */
export async function followAgain(open: OpenAccounts, fields: readonly string[] | null, cause: Cause): Promise<void> {
  const ids = [...open.rows.keys()];
  for (const id of ids) {
    // An ARR of which nobody speaks any more is no longer stated.
    for (const field of fields ?? [...open.claims.fields(id), 'arr']) open.follow(id, field);
  }
  await open.save(cause);
  await open.refreshDisputes(ids);
}
