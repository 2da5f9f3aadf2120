/**
 * Loads the demo into a workspace. First what is needed to judge every account today, some accounts to a transaction, so
 * that they are on the screen within seconds; then the past behind it, account by account. A work that is cut off may be
 * repeated: what is there already is left as it is.
 */
import { addMonths, monthOf, toIso } from '#core/calendar/day.ts';
import { type AccountPlan, planAccount } from '#seed/demo/account.ts';
import { holidaysBetween } from '#seed/demo/calendar.ts';
import { type DemoOptions, type Scene, sceneOf, usualSize } from '#seed/demo/scene.ts';
import { members, vendor } from '#seed/demo/vendor.ts';
import { audit, systemActor } from '#server/modules/audit/index.ts';
import { evaluatorWorks } from '#server/modules/evaluator/index.ts';
import type { WorkContext, WorkHandler } from '#server/modules/workspace/index.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { addExtras } from './extras/index.ts';
import { storePast } from './past.ts';
import { storePresent } from './present.ts';
import { liveRegister } from './register.ts';
import { settleAll } from './settle.ts';
import { addMembers, dressWorkspace, forgetPasts, foundedAt, isLoaded, makeRoom } from './store.ts';

const usualSeed = 20_25;
const accountsAtOnce = { present: 50, past: 20 };
/** How far the work is after each part, as its time was measured. */
const total = 1000;
const after = { accounts: 200, extras: 240, present: 280, past: 970 };

/** The long work of kind 'demo'; `detail` may name a `seed` and a number of `accounts`. */
export const demoWork: WorkHandler = {
  kind: 'demo',
  run: async (context) => {
    // The workspace's first day and not this moment: a work that is repeated must tell the same story.
    const now = await transaction(context.pool, context.workspaceId, (tx) => foundedAt(tx, context.workspaceId));
    await loadDemo(context, { ...optionsOf(context.detail), now });
  },
};

function optionsOf({ seed, accounts }: WorkContext['detail']): { seed: number; accounts: number } {
  return {
    seed: typeof seed === 'number' ? seed : usualSeed,
    accounts: typeof accounts === 'number' ? accounts : usualSize,
  };
}

export type Loading = Pick<WorkContext, 'pool' | 'workspaceId' | 'progress' | 'log' | 'signal'>;

/** Fills a workspace with the demo; one that has been filled stays as it is. Rejects with what `progress` rejects with. */
export async function loadDemo(loading: Loading, options: DemoOptions): Promise<void> {
  const { pool, workspaceId, progress } = loading;
  const scene = sceneOf(options);
  if (await transaction(pool, workspaceId, (tx) => isLoaded(tx, workspaceId))) return;
  // Apart from the rest: making a partition keeps everybody else from reading and storing events.
  await transaction(pool, workspaceId, (tx) => makeRoom(tx, monthsOf(scene)));
  await transaction(pool, workspaceId, async (tx) => {
    await dressWorkspace(
      tx,
      workspaceId,
      `${vendor.name} (demo)`,
      holidaysBetween(scene.dawn, scene.today + 366).map(toIso),
    );
    await addMembers(tx, workspaceId, members, toIso(scene.dawn));
  });
  await loadPresent(loading, scene);
  await loadPast(loading, scene);
  await endBackfill(loading);
  await transaction(pool, workspaceId, (tx) => audit(tx, systemActor(workspaceId), 'loaded', 'demo', null));
  await progress(total, total);
}

async function loadPresent(loading: Loading, scene: Scene): Promise<void> {
  const { pool, workspaceId, progress } = loading;
  for (const [i, plans] of slices(scene, accountsAtOnce.present).entries()) {
    await progress(((i * accountsAtOnce.present) / scene.accounts) * after.accounts, total);
    await transaction(pool, workspaceId, (tx) => storePresent(tx, workspaceId, scene, plans));
  }
  await progress(after.accounts, total);
  await addExtras(loading, scene, slices(scene, scene.accounts)[0]!);
  await progress(after.extras, total);
  await settleAll(loading, { pasts: false });
  // They are computed once, when all of an account is there.
  await transaction(pool, workspaceId, (tx) => forgetPasts(tx, workspaceId));
}

/** While the past of some accounts is computed, the database stores the events of the next. */
async function loadPast(loading: Loading, scene: Scene): Promise<void> {
  const { pool, workspaceId, progress } = loading;
  const all = slices(scene, accountsAtOnce.past);
  const store = (plans: AccountPlan[] | undefined) =>
    plans && transaction(pool, workspaceId, (tx) => storePast(tx, workspaceId, scene, plans));
  let storing = Promise.resolve(store(all[0]));
  for (const [i, plans] of all.entries()) {
    await progress(after.present + (i / all.length) * (after.past - after.present), total);
    const accountIds = await storing;
    storing = Promise.resolve(store(all[i + 1]));
    // Awaited in the next round; a failure until then must not end the process.
    storing.catch(() => undefined);
    await settleAll(loading, { pasts: true });
    await transaction(pool, workspaceId, (tx) => liveRegister(tx, workspaceId, scene, plans, accountIds!));
  }
}

/** What is left to be judged, and the book of past days. */
async function endBackfill(loading: Loading): Promise<void> {
  const backfill = evaluatorWorks.find(({ kind }) => kind === 'backfill')!;
  const quietly = { ...loading, detail: {}, progress: async () => loading.progress(after.past, total) };
  await backfill.run(quietly);
}

function slices(scene: Scene, size: number): AccountPlan[][] {
  const plans = Array.from({ length: scene.accounts }, (_, i) => planAccount(scene, i));
  return Array.from({ length: Math.ceil(plans.length / size) }, (_, n) => plans.slice(n * size, (n + 1) * size));
}

/** First days of the months that have events; people west of UTC run into the next. */
function monthsOf({ firstDay, today }: Scene): string[] {
  const months: string[] = [];
  for (let month = monthOf(firstDay); month <= today + 1; month = addMonths(month, 1)) months.push(toIso(month));
  return months;
}
