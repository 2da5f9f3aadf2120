/** What the evaluator judges health by: the live versions, and what members have said otherwise for a time. */
import type { Override } from '#core/health/override.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import type { LiveScorecard } from '#core/judgement/judge.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** The scorecards with a live version, those that are primary first, then in the order of their making. */
export async function liveScorecards(tx: Tx, workspaceId: number): Promise<LiveScorecard[]> {
  const rows = await tx.many<{ id: number; version: number; is_primary: boolean; definition: Scorecard }>({
    name: 'live-scorecards',
    text: `select s.id, v.version, s.is_primary, v.definition from scorecards s
      join scorecard_versions v on v.workspace_id = s.workspace_id and v.scorecard_id = s.id and v.version = s.live_version
      where s.workspace_id = $1 and s.archived_at is null order by s.is_primary desc, s.id`,
    values: [workspaceId],
  });
  return rows.map(({ id, version, is_primary, definition }) => ({
    ...{ id, version, primary: is_primary },
    scorecard: definition,
  }));
}

/** The scorecard of accounts that no other one is for. @throws AppError 404 when nothing is live */
export function primaryOf(live: readonly LiveScorecard[]): LiveScorecard {
  const primary = live.find((one) => one.primary && one.scorecard.appliesTo === null) ?? live[0];
  if (primary === undefined) throw notFound('live scorecard');
  return primary;
}

/** The override in force now (`at`, epoch ms) for each of the accounts that has one. */
export function liveOverrides(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  at: number,
): Promise<Map<number, Override>> {
  return readOverrides(tx, 'live-overrides', 'ended_at is null and until', [workspaceId, accountIds, at]);
}

/** The same of a past moment: what was in force then may have ended since. It goes without the index of those that have not. */
export function pastOverrides(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  at: number,
): Promise<Map<number, Override>> {
  return readOverrides(tx, 'past-overrides', 'least(until, ended_at)', [workspaceId, accountIds, at]);
}

async function readOverrides(tx: Tx, name: string, end: string, values: unknown[]): Promise<Map<number, Override>> {
  const rows = await tx.many<Override & { accountId: number }>({
    name,
    text: `select distinct on (account_id) account_id as "accountId", score, band, reason,
        ms(created_at) as "setAt", ms(until) as until
      from score_overrides where workspace_id = $1 and account_id = any($2::bigint[])
        and created_at <= to_timestamp($3::float8 / 1000) and ${end} > to_timestamp($3::float8 / 1000)
      order by account_id, id desc`,
    values,
  });
  return new Map(rows.map(({ accountId, ...override }) => [accountId, override]));
}
