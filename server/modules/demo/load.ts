/**
 * Loads the demo into a workspace. All of it is one transaction: nobody sees half a customer, no rule judges one, and a
 * work that is cut off leaves nothing behind and may be repeated.
 */
import { addMonths, monthOf, toIso } from '#core/calendar/day.ts';
import { holidaysBetween } from '#seed/demo/calendar.ts';
import { type DemoOptions, type Scene, sceneOf, usualSize } from '#seed/demo/scene.ts';
import { members, vendor } from '#seed/demo/vendor.ts';
import { factContext } from '#server/modules/facts/index.ts';
import { rebuildUsage } from '#server/modules/usage/index.ts';
import type { WorkContext, WorkHandler } from '#server/modules/workspace/index.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { storeEvents } from './events.ts';
import { source, storeAllFacts, storeFeatures } from './facts.ts';
import { addMembers, dressWorkspace, isLoaded, makeRoom } from './store.ts';

const usualSeed = 20_25;
const accountsAtOnce = 20;
/** Shares of the whole work, in percent, as they were measured. */
const shares = { facts: 20, events: 60, usage: 20 };

/** The long work of kind 'demo'; `detail` may name a `seed` and a number of `accounts`. */
export const demoWork: WorkHandler = {
  kind: 'demo',
  run: (context) => loadDemo(context, { ...optionsOf(context.detail), now: Date.now() }),
};

function optionsOf({ seed, accounts }: WorkContext['detail']): { seed: number; accounts: number } {
  return {
    seed: typeof seed === 'number' ? seed : usualSeed,
    accounts: typeof accounts === 'number' ? accounts : usualSize,
  };
}

type Loading = Pick<WorkContext, 'pool' | 'workspaceId' | 'progress'>;

/** Fills a workspace with the demo; one that has been filled stays as it is. Rejects with what `progress` rejects with. */
export async function loadDemo({ pool, workspaceId, progress }: Loading, options: DemoOptions): Promise<void> {
  const scene = sceneOf(options);
  // Apart from the long transaction: making a partition keeps everybody else from reading and storing events.
  await transaction(pool, workspaceId, (tx) => makeRoom(tx, monthsOf(scene)));
  await transaction(pool, workspaceId, async (tx) => {
    if (await isLoaded(tx, workspaceId)) return;
    const context = await factContext(tx, workspaceId, { source, moneyUnit: 'minor', bulk: true, now: options.now });
    await dressWorkspace(
      tx,
      workspaceId,
      `${vendor.name} (demo)`,
      holidaysBetween(scene.dawn, scene.today + 366).map(toIso),
    );
    await addMembers(tx, workspaceId, members);
    await storeFeatures(tx, context);
    const ids = await storeAllFacts(tx, context, options, (share) => progress(share * shares.facts, 100));
    await storeEvents(tx, workspaceId, options, ids, (share) => progress(shares.facts + share * shares.events, 100));
    const accountIds = [...ids.accounts.values()];
    for (let i = 0; i < accountIds.length; i += accountsAtOnce) {
      await rebuildUsage(tx, workspaceId, accountIds.slice(i, i + accountsAtOnce), options.now);
      await progress(shares.facts + shares.events + (i / accountIds.length) * shares.usage, 100);
    }
  });
  await progress(100, 100);
}

/** First days of the months that have events; people west of UTC run into the next. */
function monthsOf({ firstDay, today }: Scene): string[] {
  const months: string[] = [];
  for (let month = monthOf(firstDay); month <= today + 1; month = addMonths(month, 1)) months.push(toIso(month));
  return months;
}
