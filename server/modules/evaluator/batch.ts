/** Judging a batch of dirty accounts: load what changed, compute, decide in memory, write once. */
import { dayOf } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { type JudgedAccount, judge } from '#core/judgement/judge.ts';
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { computeFamily, FAMILY_SOURCES } from '#core/signals/compute.ts';
import type { AccountFacts, AsOf, PastHealth } from '#core/signals/facts.ts';
import { allFamilies, type Claimed, familyMask, settleDirty } from '#server/modules/dirty/index.ts';
import { liveOverrides } from '#server/modules/health/index.ts';
import { loadRisks, saveRiskChanges } from '#server/modules/risk/index.ts';
import { customOf, loadFacts, loadPasts, staleSignals } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { mapBreathing } from './breathe.ts';
import { saveCrossings } from './crossings.ts';
import { loadFrames, loadPrevious, loadWorkspace, type PreviousState, type Workspace } from './load.ts';
import { saveBandChanges, saveOtherScores, saveStates, tellLive } from './save.ts';

export interface JudgedNow {
  accountId: number;
  judged: JudgedAccount;
  previous: PreviousState | null;
  past: readonly PastHealth[];
}

/** Other evaluators have judged these accounts since: nothing of this transaction may be kept. */
export class ClaimLostError extends Error {
  override name = 'ClaimLostError';
}

/** Judges claimed accounts as of `now` and settles their claims. Returns how many were judged. @throws ClaimLostError */
export async function evaluateBatch(
  tx: Tx,
  workspaceId: number,
  claims: readonly Claimed[],
  now: number,
): Promise<number> {
  const workspace = await loadWorkspace(tx, workspaceId);
  const asOf: AsOf = { at: now, day: dayOf(now, workspace.settings.timeZone) };
  const ids = claims.map((c) => c.accountId);
  const frames = await loadFrames(tx, workspace, ids);
  const living = claims.filter((c) => frames.has(c.accountId));
  const previous = await loadPrevious(tx, workspaceId, ids);
  const values = await currentValues(tx, workspace, living, previous, asOf);
  const [risks, overrides, pasts] = [
    await loadRisks(tx, workspaceId, ids),
    await liveOverrides(tx, workspaceId, ids, now),
    await loadPasts(tx, workspaceId, ids),
  ];
  const judged = await mapBreathing(living, ({ accountId }): JudgedNow => {
    const past = pasts.get(accountId) ?? [];
    const input = {
      values: values.get(accountId)!,
      frame: frames.get(accountId)!,
      pastHealth: past,
      override: overrides.get(accountId) ?? null,
      risks: risks.get(accountId) ?? new Map(),
      ...asOf,
    };
    return { accountId, judged: judge(input, workspace.definitions), previous: previous.get(accountId) ?? null, past };
  });
  await save(tx, workspace, judged, asOf);
  await markHistories(tx, workspaceId, living);
  if (!(await settleDirty(tx, workspaceId, claims))) throw new ClaimLostError('judged by another evaluator');
  await tellLive(
    tx,
    workspaceId,
    living.map((c) => c.accountId),
  );
  return living.length;
}

async function save(tx: Tx, workspace: Workspace, judged: readonly JudgedNow[], asOf: AsOf): Promise<void> {
  const { workspaceId } = workspace.settings;
  const risky = judged.filter((j) => j.judged.riskChanges.length > 0);
  await saveRiskChanges(
    tx,
    workspaceId,
    risky.map((j) => ({ accountId: j.accountId, changes: j.judged.riskChanges })),
  );
  await saveBandChanges(tx, workspaceId, judged, asOf.at);
  await saveCrossings(tx, workspace, judged, asOf.at);
  await saveOtherScores(tx, workspaceId, judged, asOf.at);
  await saveStates(tx, workspaceId, judged, asOf);
}

type Values = Map<number, Record<string, SignalValue>>;

/** Signals of now: only families whose facts changed are computed again, as long as the day is the same. */
async function currentValues(
  tx: Tx,
  workspace: Workspace,
  claims: readonly Claimed[],
  previous: ReadonlyMap<number, PreviousState>,
  asOf: AsOf,
): Promise<Values> {
  const { settings } = workspace;
  const effective = (c: Claimed) => (previous.get(c.accountId)?.day === asOf.day ? c.mask : allFamilies);
  const values: Values = new Map();
  for (const [mask, own] of Map.groupBy(claims, effective)) {
    const ids = own.map((c) => c.accountId);
    const stale = mask === allFamilies ? everyFamily : staleSignals(mask);
    const facts = await loadFacts(tx, settings, ids, { families: stale, fromDay: asOf.day, toDay: asOf.day });
    const withCustom = (mask & familyMask('usage', 'attributes')) !== 0;
    const custom = withCustom ? await customOf(tx, settings.workspaceId, ids, asOf, settings.timeZone) : null;
    await mapBreathing(ids, (id) => {
      const computed = computeFamilies(stale, facts.get(id)!, asOf, workspace);
      const kept = previous.get(id)?.values ?? {};
      values.set(id, { ...(custom ? withoutCustom(kept) : kept), ...computed, ...custom?.get(id) });
    });
  }
  return values;
}

const everyFamily = Object.keys(FAMILY_SOURCES) as SignalFamily[];

function computeFamilies(
  families: readonly SignalFamily[],
  facts: AccountFacts,
  asOf: AsOf,
  { settings }: Workspace,
): Record<string, SignalValue> {
  const values: Record<string, SignalValue> = {};
  for (const family of families) {
    if (family !== 'health' && family !== 'risk') Object.assign(values, computeFamily(family, facts, asOf, settings));
  }
  return values;
}

/** A custom signal that was removed must not live on in the stored values. */
function withoutCustom(values: Record<string, SignalValue>): Record<string, SignalValue> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith('custom.')));
}

async function markHistories(tx: Tx, workspaceId: number, claims: readonly Claimed[]): Promise<void> {
  const changed = claims.filter((c) => c.historyFrom !== null);
  if (changed.length === 0) return;
  await tx.run({
    name: 'mark-histories',
    text: `insert into stale_histories (workspace_id, account_id, from_day)
      select $1, k.a, k.d from unnest($2::bigint[], $3::date[]) as k (a, d) order by 2
      on conflict (workspace_id, account_id) do update set from_day = least(stale_histories.from_day, excluded.from_day), since = now()`,
    values: [workspaceId, changed.map((c) => c.accountId), changed.map((c) => c.historyFrom)],
  });
}
