/** What is needed to judge accounts as of today: all their facts, and the events that signals of today read. */
import type { AccountPlan } from '#seed/demo/account.ts';
import { eventsOfAccounts, featureRows, loginEvent } from '#seed/demo/generate.ts';
import type { Scene } from '#seed/demo/scene.ts';
import { factContext } from '#server/modules/facts/index.ts';
import { eventNameIds, rebuildUsage } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { storeEvents } from './events.ts';
import { idsOf, source, storeChecked, storeFactsOf } from './facts.ts';
import { addSdkIds, isPresent, markLogin } from './store.ts';

/** Windows of signals reach back 90 days; a little more for time zones and weekends. */
export const presentDays = 100;

/** Some accounts with all but their earlier events; those that are there stay as they are. */
export async function storePresent(
  tx: Tx,
  workspaceId: number,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<void> {
  if (await isPresent(tx, workspaceId, source, plans[0]!.profile.id)) return;
  const context = await factContext(tx, workspaceId, { source, moneyUnit: 'minor', bulk: true, now: scene.now });
  await storeChecked(tx, context, 'features', featureRows());
  const [login] = await eventNameIds(tx, workspaceId, [{ kind: 'track', name: loginEvent }]);
  await markLogin(tx, workspaceId, login!);
  await storeFactsOf(tx, context, scene, plans);
  await addSdkIds(tx, workspaceId, source);
  const ids = await idsOf(tx, workspaceId, plans);
  const recent = { from: scene.today - presentDays + 1, to: scene.today };
  await storeEvents(tx, workspaceId, eventsOfAccounts(scene, plans, recent), ids, scene.now);
  await rebuildUsage(tx, workspaceId, [...ids.accounts.values()], scene.now);
}
