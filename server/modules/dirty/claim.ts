/** Taking dirty accounts to judge them. The rows are gone when the transaction commits, and back when it fails. */
import type { Tx } from '#server/platform/db/pool.ts';
import { allFamilies } from './families.ts';

export interface Claimed {
  accountId: number;
  /** families of facts that changed */
  mask: number;
  /** earliest day whose past changed; null = none */
  historyFrom: string | null;
  /** epoch ms of the first change that waits */
  since: number;
}

/** The accounts that wait longest, at most `limit`; those another evaluator holds are passed over. */
export function claimDirty(tx: Tx, workspaceId: number, limit: number): Promise<Claimed[]> {
  return tx.many<Claimed>({
    name: 'claim-dirty',
    text: `delete from dirty_accounts d using (select account_id from dirty_accounts where workspace_id = $1
        order by since limit $2 for update skip locked) c
      where d.workspace_id = $1 and d.account_id = c.account_id
      returning d.account_id as "accountId", d.families as mask, d.history_from as "historyFrom", ms(d.since) as since`,
    values: [workspaceId, limit],
  });
}

/** Marks every account of the workspace. Returns how many. */
export async function markAllDirty(tx: Tx, workspaceId: number, mask: number = allFamilies): Promise<number> {
  return tx.run({
    name: 'mark-all-dirty',
    text: `insert into dirty_accounts (workspace_id, account_id, families)
      select workspace_id, id, $2 from accounts where workspace_id = $1 and merged_into is null order by id
      on conflict (workspace_id, account_id) do update set families = dirty_accounts.families | excluded.families`,
    values: [workspaceId, mask],
  });
}
