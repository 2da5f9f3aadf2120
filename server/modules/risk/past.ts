/** The past that a back-fill found: what rules would have opened, and which accounts were lost. */
import { type Day, toIso } from '#core/calendar/day.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface ReplayedOpening {
  ruleKey: string;
  openedDay: Day;
  /** null = still open at the end of the history */
  resolvedDay: Day | null;
}

/** Replaces what the rules would have opened for the account. */
export async function saveReplays(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  openings: readonly ReplayedOpening[],
): Promise<void> {
  await tx.run({
    name: 'forget-replays',
    text: 'delete from risk_replays where workspace_id = $1 and account_id = $2',
    values: [workspaceId, accountId],
  });
  await insertReplays(
    tx,
    workspaceId,
    openings.map((opening) => ({ accountId, ...opening })),
  );
}

/** Replaces what one rule would have opened for the accounts. */
export async function replaceReplays(
  tx: Tx,
  workspaceId: number,
  ruleKey: string,
  accountIds: readonly number[],
  openings: readonly (ReplayedOpening & { accountId: number })[],
): Promise<void> {
  await tx.run({
    name: 'forget-replays-of-rule',
    text: 'delete from risk_replays where workspace_id = $1 and rule_key = $2 and account_id = any($3::bigint[])',
    values: [workspaceId, ruleKey, accountIds],
  });
  await insertReplays(tx, workspaceId, openings);
}

/** Of a rule that was removed meanwhile nothing is kept. Who fills in the past of an account at the same time finds the same. */
async function insertReplays(
  tx: Tx,
  workspaceId: number,
  openings: readonly (ReplayedOpening & { accountId: number })[],
): Promise<void> {
  if (openings.length === 0) return;
  await tx.run({
    name: 'save-replays',
    text: `insert into risk_replays (workspace_id, rule_key, account_id, opened_day, resolved_day)
      select $1, k.rule_key, k.account_id, k.opened_day, k.resolved_day
      from unnest($2::text[], $3::bigint[], $4::date[], $5::date[]) as k (rule_key, account_id, opened_day, resolved_day)
      where exists (select from risk_rules u where u.workspace_id = $1 and u.key = k.rule_key)
      on conflict (workspace_id, rule_key, account_id, opened_day) do update set resolved_day = excluded.resolved_day`,
    values: [
      workspaceId,
      openings.map(({ ruleKey }) => ruleKey),
      openings.map(({ accountId }) => accountId),
      openings.map(({ openedDay }) => toIso(openedDay)),
      openings.map(({ resolvedDay }) => (resolvedDay === null ? null : toIso(resolvedDay))),
    ],
  });
}

/** A day on which the account churned, or its ARR shrank by so much. */
export interface AccountLoss {
  day: Day;
  kind: 'churned' | 'shrank';
  arrLostMinor: number;
}

/** Replaces the losses of the account. */
export async function saveLosses(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  losses: readonly AccountLoss[],
): Promise<void> {
  await tx.run({
    name: 'forget-losses',
    text: 'delete from account_losses where workspace_id = $1 and account_id = $2',
    values: [workspaceId, accountId],
  });
  if (losses.length === 0) return;
  await tx.run({
    name: 'save-losses',
    text: `insert into account_losses (workspace_id, account_id, day, kind, arr_lost_minor)
      select $1, $2, k.day, k.kind, k.arr from unnest($3::date[], $4::text[], $5::bigint[]) as k (day, kind, arr)`,
    values: [
      workspaceId,
      accountId,
      losses.map(({ day }) => toIso(day)),
      losses.map(({ kind }) => kind),
      losses.map(({ arrLostMinor }) => Math.round(arrLostMinor)),
    ],
  });
}
