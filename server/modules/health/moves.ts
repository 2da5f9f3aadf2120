/** What moved the scores of several accounts most since a past day. */
import type { Day } from '#core/calendar/day.ts';
import type { SignalValue, SignalValues } from '#core/condition/types.ts';
import { evaluateScorecard } from '#core/health/evaluate.ts';
import { explainChange } from '#core/health/explain-change.ts';
import { type LargestMove, largestMove } from '#core/health/largest-move.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { fromSlots, readHistories, valuesOf } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

interface Now {
  account_id: number;
  signals: (number | null)[];
  custom: Record<string, SignalValue>;
  tier: string | null;
  stage: string | null;
  scorecard_id: number;
  scorecard_version: number;
}

/**
 * The largest move of each account's score from the end of day `from`, as it was known then, to its last judgement. Absent
 * where that cannot be told: no record of the day, no score at an end, another scorecard since, or no change. Where the
 * scorecard has a new version, what changed until now is told by the old one, and the rest is the new version's.
 */
export async function largestMoves(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  from: Day,
): Promise<Map<number, LargestMove>> {
  const accounts = await tx.many<Now>({
    name: 'moves-now',
    text: `select s.account_id, to_json(s.signals) as signals, s.custom, s.tier, s.stage, s.scorecard_id, s.scorecard_version
      from account_states s where s.workspace_id = $1 and s.account_id = any($2::bigint[]) and s.scorecard_version is not null`,
    values: [workspaceId, accountIds],
  });
  const histories = await readHistories(tx, workspaceId, accountIds, { from, to: from, prefer: 'then' });
  const versions = await loadVersions(tx, workspaceId, [...new Set(accounts.map((one) => one.scorecard_id))]);
  const moves = new Map<number, LargestMove>();
  for (const now of accounts) {
    const past = histories.get(now.account_id)?.[0];
    const old =
      past?.scorecardId === now.scorecard_id ? versions.get(`${now.scorecard_id}/${past.version}`) : undefined;
    const current = versions.get(`${now.scorecard_id}/${now.scorecard_version}`);
    if (!past || !old || !current) continue;
    const frame = { 'account.tier': now.tier, 'account.stage': now.stage };
    const ends = {
      before: { ...valuesOf(past), ...frame },
      after: { ...fromSlots(now.signals), ...now.custom, ...frame },
    };
    const move = moveBetween(old, current, ends);
    if (move) moves.set(now.account_id, move);
  }
  return moves;
}

function moveBetween(
  old: Scorecard,
  current: Scorecard,
  { before, after }: { before: SignalValues; after: SignalValues },
): LargestMove | null {
  const now = evaluateScorecard(current, after);
  const switches = old === current ? [] : [{ before: evaluateScorecard(old, after), after: now }];
  return largestMove(explainChange(evaluateScorecard(old, before), now, switches));
}

async function loadVersions(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<Map<string, Scorecard>> {
  const rows = await tx.many<{ name: string; definition: Scorecard }>({
    name: 'moves-versions',
    text: `select scorecard_id || '/' || version as name, definition from scorecard_versions
      where workspace_id = $1 and scorecard_id = any($2::bigint[])`,
    values: [workspaceId, ids],
  });
  return new Map(rows.map((row) => [row.name, row.definition]));
}
