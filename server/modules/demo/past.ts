/** The events before those that today's signals read. */
import { toIso } from '#core/calendar/day.ts';
import type { AccountPlan } from '#seed/demo/account.ts';
import { eventsOfAccounts } from '#seed/demo/generate.ts';
import type { Scene } from '#seed/demo/scene.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import { rebuildUsage } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { storeEvents } from './events.ts';
import { idsOf } from './facts.ts';
import { presentDays } from './present.ts';

/** Stores them for some accounts, in the order of `plans`, marks their pasts to be filled in, and gives the accounts' ids. */
export async function storePast(
  tx: Tx,
  workspaceId: number,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<number[]> {
  const ids = await idsOf(tx, workspaceId, plans);
  const earlier = { from: scene.firstDay, to: scene.today - presentDays };
  await storeEvents(tx, workspaceId, eventsOfAccounts(scene, plans, earlier), ids, scene.now);
  const accountIds = plans.map(({ profile }) => ids.accounts.get(profile.id)!);
  await rebuildUsage(tx, workspaceId, accountIds, scene.now);
  // Accounts without any event have a past, too.
  const historyFrom = toIso(scene.dawn);
  await markDirty(
    tx,
    workspaceId,
    accountIds.map((accountId) => ({ accountId, families: ['usage'], historyFrom })),
  );
  return accountIds;
}
