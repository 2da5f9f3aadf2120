import type { Tx } from '#server/platform/db/pool.ts';

export interface AccountChange {
  accountId: number;
  field: 'owner' | 'stage' | 'tier';
  /** owner: member id as text; null = none from now on */
  value: string | null;
}

/** Dated values, so that the owner, stage and tier of any day stay known. `at` is epoch ms. */
export async function recordChanges(
  tx: Tx,
  workspaceId: number,
  changes: readonly AccountChange[],
  by: { memberId: number | null; reason: string | null; at: number },
): Promise<void> {
  if (changes.length === 0) return;
  await tx.run({
    name: 'record-account-changes',
    text: `insert into account_changes (workspace_id, account_id, field, value, at, by_member, reason)
      select $1, c.*, to_timestamp($5::float8 / 1000), $6, $7
        from unnest($2::bigint[], $3::text[], $4::text[]) as c (account_id, field, value)
      on conflict (workspace_id, account_id, field, at) do update set value = excluded.value`,
    values: [
      workspaceId,
      changes.map((c) => c.accountId),
      changes.map((c) => c.field),
      changes.map((c) => c.value),
      by.at,
      by.memberId,
      by.reason,
    ],
  });
}
