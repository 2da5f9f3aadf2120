/** What judging a batch of accounts needs besides their facts. */
import type { SignalValue } from '#core/condition/types.ts';
import type { AccountFrame, Definitions } from '#core/judgement/judge.ts';
import type { Stage } from '#core/lifecycle/stage.ts';
import type { Tier } from '#core/tiers/preset.ts';
import { liveScorecards } from '#server/modules/health/index.ts';
import { loadRules } from '#server/modules/risk/index.ts';
import { fromSlots, loadSettings, type WorkspaceSettings } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface Workspace {
  settings: WorkspaceSettings;
  definitions: Definitions;
}

export async function loadWorkspace(tx: Tx, workspaceId: number): Promise<Workspace> {
  return {
    settings: await loadSettings(tx, workspaceId),
    definitions: { scorecards: await liveScorecards(tx, workspaceId), rules: await loadRules(tx, workspaceId) },
  };
}

/** Accounts that still stand by themselves, with what members decided about them. */
export async function loadFrames(
  tx: Tx,
  { settings }: Workspace,
  accountIds: readonly number[],
): Promise<Map<number, AccountFrame>> {
  const rows = await tx.many<{ id: number; tier: Tier | null; stage: Stage | null; strategic: boolean }>({
    name: 'load-frames',
    text: `select id, tier, stage, strategic from accounts
      where workspace_id = $1 and id = any($2::bigint[]) and merged_into is null`,
    values: [settings.workspaceId, accountIds],
  });
  return new Map(rows.map(({ id, ...frame }) => [id, { ...frame, minorPerUnit: settings.minorPerUnit }]));
}

export interface PreviousState {
  /** day number of the workspace */
  day: number;
  values: Record<string, SignalValue>;
  band: string | null;
  scorecardId: number | null;
}

export async function loadPrevious(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
): Promise<Map<number, PreviousState>> {
  const rows = await tx.many<{
    account_id: number;
    day: number;
    signals: (number | null)[];
    custom: Record<string, SignalValue>;
    band: string | null;
    scorecard_id: number | null;
  }>({
    name: 'load-previous',
    text: `select account_id, day_number(day) as day, to_json(signals) as signals, custom, band, scorecard_id
      from account_states where workspace_id = $1 and account_id = any($2::bigint[])`,
    values: [workspaceId, accountIds],
  });
  return new Map(
    rows.map((row) => [
      row.account_id,
      {
        day: row.day,
        values: { ...fromSlots(row.signals), ...row.custom },
        band: row.band,
        scorecardId: row.scorecard_id,
      },
    ]),
  );
}
