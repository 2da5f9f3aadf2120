import type { AccountPlan } from '#seed/demo/account.ts';
import { rivalFiles } from '#seed/demo/extras/rivals.ts';
import { dayMs, type Scene } from '#seed/demo/scene.ts';
import { factContext } from '#server/modules/facts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { storeChecked } from '../facts.ts';

/** Other systems that disagree about some accounts, for the page of reconciliation. */
export async function addRivals(
  tx: Tx,
  workspaceId: number,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<void> {
  for (const { source, name, daysAgo, rows } of rivalFiles(scene, plans)) {
    const now = scene.now - daysAgo * dayMs;
    const context = await factContext(tx, workspaceId, { source, moneyUnit: 'minor', bulk: true, by: name, now });
    await storeChecked(tx, context, 'accounts', rows);
  }
}
