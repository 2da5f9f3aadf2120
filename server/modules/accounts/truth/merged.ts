/** The fields of an account that has taken over the claims of another, and after it has given them back. */
import type { ClaimValue } from '#core/accounts/truth.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Cause, put, valueIn } from '../row.ts';
import { openAccounts } from './open-accounts.ts';
import { followAgain, redecide } from './redecide.ts';
import { refreshArr } from './stated-arr.ts';

/** Lets the account follow the sources that moved to it. Returns what its fields were before, where they changed. */
export async function followMoved(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  sources: readonly string[],
  cause: Cause,
): Promise<Record<string, ClaimValue>> {
  const open = await openAccounts(tx, workspaceId, [accountId]);
  const fields = open.claims
    .fields(accountId)
    .filter((field) => open.claims.claims(accountId, field).some((claim) => sources.includes(claim.source)));
  const row = open.rows.get(accountId)!;
  const was = fields.map((field) => [field, (valueIn(row, field) ?? null) as ClaimValue] as const);
  await followAgain(open, fields, cause);
  await refreshArr(tx, workspaceId, [accountId], cause.now);
  return Object.fromEntries(was.filter(([field, value]) => !isSame(valueIn(row, field), value)));
}

/** Takes that back: fields of which nobody speaks any more are as they were, all others follow their own sources. */
export async function unfollowMoved(
  tx: Tx,
  workspaceId: number,
  { keptId, mergedId }: { keptId: number; mergedId: number },
  were: Readonly<Record<string, ClaimValue>>,
  cause: Cause,
): Promise<void> {
  const open = await openAccounts(tx, workspaceId, [keptId]);
  const row = open.rows.get(keptId)!;
  for (const [field, value] of Object.entries(were)) {
    if (open.claims.claims(keptId, field).length > 0) continue;
    put(row, field, value);
    if (value === null && field.startsWith('attr.')) delete row.attributes[field.slice('attr.'.length)];
  }
  await followAgain(open, null, cause);
  await redecide(tx, workspaceId, [mergedId], null, cause);
  await refreshArr(tx, workspaceId, [keptId, mergedId], cause.now);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
