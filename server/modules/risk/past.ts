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
  if (openings.length === 0) return;
  await tx.run({
    name: 'save-replays',
    text: `insert into risk_replays (workspace_id, rule_key, account_id, opened_day, resolved_day)
      select $1, k.rule_key, $2, k.opened_day, k.resolved_day
      from unnest($3::text[], $4::date[], $5::date[]) as k (rule_key, opened_day, resolved_day)`,
    values: [
      workspaceId,
      accountId,
      openings.map(({ ruleKey }) => ruleKey),
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
