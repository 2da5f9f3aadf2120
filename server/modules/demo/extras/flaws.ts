import type { AccountPlan } from '#seed/demo/account.ts';
import { doubleLines, eventsAfterEnd, lostInvoices } from '#seed/demo/extras/flaws.ts';
import type { Scene } from '#seed/demo/scene.ts';
import { factContext } from '#server/modules/facts/index.ts';
import { rebuildUsage } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { storeEvents } from '../events.ts';
import { idsOf, source, storeChecked } from '../facts.ts';

/** Facts that cannot all be true, for the page of findings. */
export async function plantFlaws(
  tx: Tx,
  workspaceId: number,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<void> {
  const context = await factContext(tx, workspaceId, { source, moneyUnit: 'minor', bulk: true, now: scene.now });
  await storeChecked(tx, context, 'payments', lostInvoices(scene, plans));
  await storeChecked(tx, context, 'subscriptions', doubleLines(scene, plans));
  const events = eventsAfterEnd(scene, plans);
  const gone = plans.filter(({ profile }) => events.some(({ account }) => account === profile.id));
  if (gone.length === 0) return;
  const ids = await idsOf(tx, workspaceId, gone);
  await storeEvents(tx, workspaceId, events, ids, scene.now);
  await rebuildUsage(tx, workspaceId, [...ids.accounts.values()], scene.now);
}
