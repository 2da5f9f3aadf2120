/** Risks as they would be had the team used the product all along: opened when their condition began to hold, and answered. */
import { signalsOf } from '#core/condition/evaluate.ts';
import { hourMs } from '#core/risk/signal.ts';
import type { AccountPlan } from '#seed/demo/account.ts';
import { Random } from '#seed/demo/random.ts';
import { liveThrough } from '#seed/demo/register/live.ts';
import { dayMs, type Scene } from '#seed/demo/scene.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import { type LivedRisk, loadRules, replaceRisks } from '#server/modules/risk/index.ts';
import { readColumns } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Frame, framesOf } from './store.ts';

const byItself = { memberId: null, name: null };

/** Writes the register of some accounts, whose pasts are filled in. `accountIds` in the order of `plans`. */
export async function liveRegister(
  tx: Tx,
  workspaceId: number,
  scene: Scene,
  plans: readonly AccountPlan[],
  accountIds: readonly number[],
): Promise<void> {
  const rules = await loadRules(tx, workspaceId);
  const keys = [...new Set(rules.flatMap(({ condition }) => signalsOf(condition)))];
  const ofSignals = keys.filter((key) => !key.startsWith('account.'));
  const range = { from: scene.dawn, to: scene.today - 1, prefer: 'now' as const };
  const pasts = await readColumns(tx, workspaceId, accountIds, ofSignals, range);
  const frames = await framesOf(tx, workspaceId, accountIds);
  const lived = plans.flatMap((plan, i): LivedRisk[] => {
    const accountId = accountIds[i]!;
    const frame = frames.get(accountId)!;
    const known = (pasts.get(accountId) ?? []).filter(({ day }) => day >= watchedFrom(scene, plan));
    const days = known.map(({ day, values }) => ({
      at: noticedAt(scene, plan, day),
      values: { ...values, 'account.tier': frame.tier, 'account.stage': frame.stage },
    }));
    const churnedAt = plan.churn === null ? null : plan.churn * dayMs;
    const account = { seed: scene.seed, index: plan.profile.index, churnedAt, days, now: scene.now };
    return liveThrough(rules, account).map((signal) => withCauses(accountId, signal, frame));
  });
  await replaceRisks(tx, workspaceId, accountIds, lived);
  await markDirty(
    tx,
    workspaceId,
    accountIds.map((accountId) => ({ accountId, families: ['health'], historyFrom: null })),
  );
}

/** Windows are empty while records begin, and people find their way in: alarms of those weeks would tell nothing. */
function watchedFrom({ dawn }: Scene, { known }: AccountPlan): number {
  return Math.max(dawn + 45, known + 30);
}

/** Facts come in during the day, so a rule opens at some hour of it. */
function noticedAt({ seed }: Scene, { profile }: AccountPlan, day: number): number {
  const hour = new Random(seed, 'noticed', profile.index, day).between(5, 16);
  return Math.round(day * dayMs + hour * hourMs);
}

function withCauses(
  accountId: number,
  { ruleKey, state, steps }: ReturnType<typeof liveThrough>[number],
  { ownerId, ownerName }: Frame,
): LivedRisk {
  const owner = ownerId === null ? byItself : { memberId: ownerId, name: ownerName };
  return {
    ...{ accountId, ruleKey, state },
    steps: steps.map(({ byMember, ...one }) => ({ ...one, by: byMember ? owner : byItself })),
  };
}
