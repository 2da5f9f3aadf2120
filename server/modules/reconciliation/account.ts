import sql from 'sql-template-tag';
import type { Answer } from '#contracts/kit.ts';
import type { listAccountSources as contract } from '#contracts/reconciliation.ts';
import { type Claim, orderOf, ranked, titleOf } from '#core/accounts/truth.ts';
import { readClaims, readOrders, requireAccount } from '#server/modules/accounts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { namesIn, presentSaid } from './present.ts';

/** Who says what about the account; fields in dispute first. @throws AppError 404 */
export async function listAccountSources(
  tx: Tx,
  workspaceId: number,
  accountId: number,
): Promise<Answer<typeof contract>> {
  await requireAccount(tx, workspaceId, accountId);
  const claims = await readClaims(tx, workspaceId, [accountId]);
  const orders = await readOrders(tx, workspaceId);
  const rows = await tx.many<{ field: string; said: Claim[]; settled: boolean }>(sql`select field, said, settled
    from account_disputes where workspace_id = ${workspaceId} and account_id = ${accountId}`);
  const disputed = new Map(rows.map((row) => [row.field, row]));
  const fields = [...new Set([...disputed.keys(), ...claims.fields(accountId)])].map((field) => {
    const dispute = disputed.get(field);
    const all = ranked(claims.claims(accountId, field), orderOf(orders, field));
    // Those who contradict nobody are of interest too, behind those who do.
    const others = all.filter(({ source }) => !dispute?.said.some((claim) => claim.source === source));
    return {
      field,
      disputed: dispute !== undefined,
      settled: dispute?.settled ?? false,
      said: [...(dispute?.said ?? []), ...others],
    };
  });
  const names = await namesIn(tx, workspaceId, fields);
  const items = fields.map(({ field, said, ...state }) => ({
    field,
    title: titleOf(field),
    ...state,
    said: said.map((claim, i) => presentSaid(field, claim, i === 0, names)),
  }));
  return { items: items.sort((a, b) => Number(b.disputed) - Number(a.disputed) || (a.title < b.title ? -1 : 1)) };
}
