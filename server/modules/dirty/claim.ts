/**
 * Taking dirty accounts to judge them. A claim is committed at once, so that nobody who stores facts waits for an
 * evaluation; it is a lease, so that what a killed evaluator had taken is taken again.
 */
import type { Tx } from '#server/platform/db/pool.ts';
import { allFamilies } from './families.ts';

export interface Claimed {
  accountId: number;
  /** families of facts that changed */
  mask: number;
  /** earliest day whose past changed; null = none */
  historyFrom: string | null;
  generation: number;
  /** by a change of definitions or of the day, not by a new fact */
  enMasse: boolean;
  /** epoch ms of the first change that waits */
  since: number;
}

const leaseSeconds = 10;

/** The accounts that wait longest, those with new facts before those marked en masse, at most `limit`. Facts stored before this returned are seen by what follows. */
export function claimDirty(tx: Tx, workspaceId: number, limit: number): Promise<Claimed[]> {
  return tx.many<Claimed>({
    name: 'claim-dirty',
    text: `update dirty_accounts d set claimed_until = clock_timestamp() + interval '${leaseSeconds} s'
      from (select account_id from dirty_accounts where workspace_id = $1
          and (claimed_until is null or claimed_until < clock_timestamp())
        order by en_masse, since limit $2 for update skip locked) c
      where d.workspace_id = $1 and d.account_id = c.account_id
      returning d.account_id as "accountId", d.families as mask, d.history_from::text as "historyFrom", d.generation, d.en_masse as "enMasse",
        ms(d.since) as since`,
    values: [workspaceId, limit],
  });
}

/**
 * Removes what was judged, but for accounts that became dirty again meanwhile. False: another evaluator, to which an
 * overdue lease had passed, has judged some of them since; what was computed here may be older and must not be kept.
 */
export async function settleDirty(tx: Tx, workspaceId: number, claims: readonly Claimed[]): Promise<boolean> {
  const settled = await tx.many<{ id: number }>({
    name: 'settle-dirty',
    text: `delete from dirty_accounts d using (select * from unnest($2::bigint[], $3::int[]) as k (account_id, generation) order by 1) k
      where d.workspace_id = $1 and d.account_id = k.account_id and d.generation = k.generation returning d.account_id as id`,
    values: [workspaceId, claims.map((c) => c.accountId), claims.map((c) => c.generation)],
  });
  if (settled.length === claims.length) return true;
  const known = new Set(settled.map((row) => row.id));
  const again = claims.map((c) => c.accountId).filter((id) => !known.has(id));
  const { waiting } = await tx.one<{ waiting: number }>({
    name: 'dirty-again',
    text: 'select count(*) as waiting from dirty_accounts where workspace_id = $1 and account_id = any($2::bigint[])',
    values: [workspaceId, again],
  });
  return waiting === again.length;
}

const postponeSeconds = 60;

/** An account that cannot be judged waits for a while, or for its next fact. */
export async function postponeDirty(tx: Tx, workspaceId: number, { accountId, generation }: Claimed): Promise<void> {
  await tx.run({
    name: 'postpone-dirty',
    text: `update dirty_accounts set claimed_until = clock_timestamp() + interval '${postponeSeconds} s'
      where workspace_id = $1 and account_id = $2 and generation = $3`,
    values: [workspaceId, accountId, generation],
  });
}

/** Marks every account of the workspace. Returns how many. */
export async function markAllDirty(tx: Tx, workspaceId: number, mask: number = allFamilies): Promise<number> {
  const marked = await tx.run({
    name: 'mark-all-dirty',
    text: `insert into dirty_accounts (workspace_id, account_id, families, en_masse)
      select workspace_id, id, $2, true from accounts where workspace_id = $1 and merged_into is null order by id
      on conflict (workspace_id, account_id) do update set families = dirty_accounts.families | excluded.families,
        generation = dirty_accounts.generation + 1, claimed_until = null`,
    values: [workspaceId, mask],
  });
  await tx.run({ text: `select pg_notify('perennial_dirty', $1)`, values: [String(workspaceId)] });
  return marked;
}
