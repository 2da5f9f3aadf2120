import type { AccountPlan } from '#seed/demo/account.ts';
import type { Scene } from '#seed/demo/scene.ts';
import { mergeAccounts, resolveAccounts } from '#server/modules/accounts/index.ts';
import { factContext } from '#server/modules/facts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { source, storeChecked } from '../facts.ts';

const otherSource = 'billing';

/** An account that billing knew by another name, and that somebody has made one with the account of the CRM. */
export async function mergeTwin(
  tx: Tx,
  workspaceId: number,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<void> {
  const plan = plans.find(({ churn, profile }) => churn === null && profile.tier === 'mid_market');
  if (!plan) return;
  const twin = `K-${20_000 + plan.profile.index}`;
  const context = await factContext(tx, workspaceId, {
    ...{ source: otherSource, moneyUnit: 'minor', bulk: true, now: scene.now },
  });
  await storeChecked(tx, context, 'accounts', [
    { account: twin, name: `${plan.profile.name} Holding`, country: plan.profile.place.country },
  ]);
  const [keptId, mergedId] = await resolveAccounts(tx, workspaceId, [
    { source, externalId: plan.profile.id },
    { source: otherSource, externalId: twin },
  ]);
  await mergeAccounts(tx, workspaceId, { keptId: keptId!, mergedId: mergedId!, memberId: null });
}
