/** A fact that came in makes its account dirty; the evaluator judges dirty accounts again within a second. */
import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Family, familyMask } from './families.ts';

export interface DirtyAccount {
  accountId: number;
  families: readonly Family[];
  /** earliest workspace day ('YYYY-MM-DD') whose past changed; null = nothing before today */
  historyFrom: string | null;
}

/**
 * Marks accounts dirty, in the transaction that stores their facts. The row lock it takes lasts until commit, so two
 * writers of one account's usage wait for each other: call it before reading anything that is then written back.
 */
export async function markDirty(tx: Tx, workspaceId: number, accounts: readonly DirtyAccount[]): Promise<void> {
  if (accounts.length === 0) return;
  const merged = mergeByAccount(accounts);
  await tx.run({
    name: 'mark-dirty',
    text: `insert into dirty_accounts (workspace_id, account_id, families, history_from)
      select $1, * from unnest($2::bigint[], $3::int[], $4::date[])
      on conflict (workspace_id, account_id) do update set families = dirty_accounts.families | excluded.families,
        history_from = least(dirty_accounts.history_from, excluded.history_from),
        generation = dirty_accounts.generation + 1, claimed_until = null, en_masse = false`,
    values: [workspaceId, merged.map((a) => a.accountId), merged.map((a) => a.mask), merged.map((a) => a.historyFrom)],
  });
  await tx.run(sql`select pg_notify('perennial_dirty', ${String(workspaceId)})`);
}

interface Merged {
  accountId: number;
  mask: number;
  historyFrom: string | null;
}

/** One row an account, in id order: every writer locks in the same order, so none deadlocks. */
function mergeByAccount(accounts: readonly DirtyAccount[]): Merged[] {
  const byId = new Map<number, Merged>();
  for (const { accountId, families, historyFrom } of accounts) {
    const known = byId.get(accountId);
    const mask = familyMask(...families);
    if (!known) byId.set(accountId, { accountId, mask, historyFrom });
    else {
      known.mask |= mask;
      known.historyFrom = earliest(known.historyFrom, historyFrom);
    }
  }
  return [...byId.values()].sort((a, b) => a.accountId - b.accountId);
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
