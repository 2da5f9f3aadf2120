/** Fields on which sources disagree, kept beside what they say. ARR has a file of its own: contract lines speak of it too. */
import { type Claim, dispute, isSettled, type Orders, orderOf } from '#core/accounts/truth.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Claims } from './claims.ts';

export interface Dispute {
  accountId: number;
  field: string;
  /** the one in force first */
  said: readonly Claim[];
  /** of ARR: in minor units of the workspace's currency */
  differenceMinor?: number;
  mostMinor?: number;
  /** a member has decided it, and no source has changed its mind since */
  settled: boolean;
}

/** Looks again at every field but ARR of these accounts. */
export async function refreshDisputes(
  tx: Tx,
  workspaceId: number,
  claims: Claims,
  orders: Orders,
  accountIds: readonly number[],
): Promise<void> {
  const found = accountIds.flatMap((accountId) =>
    claims.fields(accountId).flatMap((field): Dispute[] => {
      if (field === 'arr') return [];
      const all = claims.claims(accountId, field);
      const said = dispute(field, all, orderOf(orders, field));
      return said ? [{ accountId, field, said, settled: isSettled(all) }] : [];
    }),
  );
  await saveDisputes(tx, workspaceId, accountIds, found, 'fields');
}

/** Makes `found` the disputes of these accounts, about ARR or about all other fields; what has not changed is left alone. */
export async function saveDisputes(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  found: readonly Dispute[],
  about: 'arr' | 'fields',
): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.run({
    name: 'settle-disputes',
    text: `delete from account_disputes d where workspace_id = $1 and account_id = any ($2::bigint[])
      and (field = 'arr') = $5 and not exists (select 1 from unnest($3::bigint[], $4::text[]) as f (account_id, field)
        where f.account_id = d.account_id and f.field = d.field)`,
    values: [workspaceId, accountIds, found.map((d) => d.accountId), found.map((d) => d.field), about === 'arr'],
  });
  if (found.length === 0) return;
  await tx.run({
    name: 'save-disputes',
    text: `insert into account_disputes as d (workspace_id, account_id, field, said, difference_minor, most_minor, settled)
      select $1, * from unnest($2::bigint[], $3::text[], $4::jsonb[], $5::bigint[], $6::bigint[], $7::boolean[])
      on conflict (workspace_id, account_id, field) do update set said = excluded.said,
        difference_minor = excluded.difference_minor, most_minor = excluded.most_minor, settled = excluded.settled
      where (d.said, d.difference_minor, d.most_minor, d.settled) is distinct from
        (excluded.said, excluded.difference_minor, excluded.most_minor, excluded.settled)`,
    values: [
      workspaceId,
      found.map((d) => d.accountId),
      found.map((d) => d.field),
      found.map((d) => JSON.stringify(d.said)),
      found.map((d) => d.differenceMinor ?? null),
      found.map((d) => d.mostMinor ?? null),
      found.map((d) => d.settled),
    ],
  });
}
