/**
 * Loads the demo into a workspace. All of it is one transaction: nobody sees half a customer, no rule judges one, and a
 * work that is cut off leaves nothing behind and may be repeated.
 */
import { toIso } from '#core/calendar/day.ts';
import { holidaysBetween } from '#seed/demo/calendar.ts';
import { type Batch, eventBatches, factBatches, featureRows, loginEvent } from '#seed/demo/generate.ts';
import { type DemoOptions, dayMs, sceneOf, usualSize } from '#seed/demo/scene.ts';
import type { DemoEvent } from '#seed/demo/usage.ts';
import { members, vendor } from '#seed/demo/vendor.ts';
import { resolveAccounts } from '#server/modules/accounts/index.ts';
import { type FactContext, factContext, storeFacts } from '#server/modules/facts/index.ts';
import { resolveContacts } from '#server/modules/people/index.ts';
import { eventNameIds, type IncomingEvent, ingestEvents, rebuildUsage } from '#server/modules/usage/index.ts';
import type { WorkContext, WorkHandler } from '#server/modules/workspace/index.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { addMembers, dressWorkspace, isLoaded, markLogin } from './store.ts';

const source = 'demo';
const usualSeed = 20_25;
const rowsAtOnce = 2_000;
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
  await transaction(pool, workspaceId, async (tx) => {
    if (await isLoaded(tx, workspaceId)) return;
    const scene = sceneOf(options);
    const context = await factContext(tx, workspaceId, { source, moneyUnit: 'minor', bulk: true, now: options.now });
    await dressWorkspace(
      tx,
      workspaceId,
      `${vendor.name} (demo)`,
      holidaysBetween(scene.dawn, scene.today + 366).map(toIso),
    );
    await addMembers(tx, workspaceId, members);
    await storeFeatures(tx, context);
    const people = await storeAllFacts(tx, context, options, (share) => progress(share * shares.facts, 100));
    await storeEvents(tx, context, options, people, (share) => progress(shares.facts + share * shares.events, 100));
    const accountIds = [...people.accounts.values()];
    for (let i = 0; i < accountIds.length; i += accountsAtOnce) {
      await rebuildUsage(tx, workspaceId, accountIds.slice(i, i + accountsAtOnce), options.now);
      await progress(shares.facts + shares.events + (i / accountIds.length) * shares.usage, 100);
    }
  });
  await progress(100, 100);
}

async function storeFeatures(tx: Tx, context: FactContext): Promise<void> {
  await storeChecked(tx, context, 'features', featureRows());
  const [login] = await eventNameIds(tx, context.workspaceId, [{ kind: 'track', name: loginEvent }]);
  await markLogin(tx, context.workspaceId, login!);
}

/** The demo's ids → the database's. */
interface Ids {
  accounts: Map<string, number>;
  contacts: Map<string, number>;
}

async function storeAllFacts(
  tx: Tx,
  context: FactContext,
  options: DemoOptions,
  progress: (share: number) => Promise<void>,
): Promise<Ids> {
  const ids: Ids = { accounts: new Map(), contacts: new Map() };
  for (const batch of factBatches(options)) {
    if (batch.kind === 'accounts') await storeAccounts(tx, context, batch);
    else {
      for (let i = 0; i < batch.rows.length; i += rowsAtOnce) {
        const rows = batch.rows.slice(i, i + rowsAtOnce).map(({ row }) => row);
        await storeChecked(tx, context, batch.kind, rows);
      }
    }
    if (batch.kind === 'accounts' || batch.kind === 'contacts') await learnIds(tx, context, batch, ids);
    await progress(Math.min(1, ids.accounts.size / options.accounts));
  }
  return ids;
}

/** As of their own days, so that owners have a history. */
async function storeAccounts(
  tx: Tx,
  context: FactContext,
  { rows }: Extract<Batch, { kind: 'accounts' }>,
): Promise<void> {
  const byDay = Map.groupBy(
    rows.toSorted((a, b) => a.at - b.at),
    ({ at }) => Math.floor(at / dayMs),
  );
  for (const ofDay of byDay.values()) {
    const asOf = { ...context, now: ofDay[0]!.at };
    await storeChecked(
      tx,
      asOf,
      'accounts',
      ofDay.map(({ row }) => row),
    );
  }
}

async function learnIds(
  tx: Tx,
  { workspaceId }: FactContext,
  batch: Extract<Batch, { kind: 'accounts' | 'contacts' }>,
  ids: Ids,
): Promise<void> {
  if (batch.kind === 'accounts') {
    const names = [...new Set(batch.rows.map(({ row }) => row.account!))];
    const found = await resolveAccounts(
      tx,
      workspaceId,
      names.map((externalId) => ({ source, externalId })),
    );
    for (const [i, name] of names.entries()) ids.accounts.set(name, found[i]!);
    return;
  }
  const refs = batch.rows.map(({ row }) => ({ source, externalId: row.id!, accountId: null, at: 0 }));
  const found = await resolveContacts(tx, workspaceId, refs, { create: false });
  for (const [i, { externalId }] of refs.entries()) ids.contacts.set(externalId, found[i]!.id);
}

async function storeEvents(
  tx: Tx,
  { workspaceId, now }: FactContext,
  options: DemoOptions,
  ids: Ids,
  progress: (share: number) => Promise<void>,
): Promise<void> {
  const { firstDay, today } = sceneOf(options);
  const names = new Map<string, number>();
  for (const batch of eventBatches(options)) {
    const unknown = [...new Set(batch.map(({ event }) => event))].filter((name) => !names.has(name));
    const found = await eventNameIds(
      tx,
      workspaceId,
      unknown.map((name) => ({ kind: 'track', name })),
    );
    for (const [i, name] of unknown.entries()) names.set(name, found[i]!);
    await ingestEvents(
      tx,
      workspaceId,
      batch.map((event) => incoming(event, ids, names)),
      now,
      { bulk: true },
    );
    await progress((batch.at(-1)!.at / dayMs - firstDay) / (today + 1 - firstDay));
  }
}

function incoming(event: DemoEvent, ids: Ids, names: ReadonlyMap<string, number>): IncomingEvent {
  return {
    at: event.at,
    messageId: event.id,
    accountId: ids.accounts.get(event.account)!,
    contactId: event.person === null ? null : ids.contacts.get(event.person)!,
    eventNameId: names.get(event.event)!,
    kind: 'track',
    reference: null,
    properties: null,
  };
}

type Kind = Parameters<typeof storeFacts>[2];

/** The demo is ours: a row that is not taken is a fault of the program, and says so. */
async function storeChecked(tx: Tx, context: FactContext, kind: Kind, rows: readonly object[]): Promise<void> {
  const results = await storeFacts(tx, context, kind, rows as readonly Record<string, unknown>[]);
  const refused = results.findIndex(({ outcome }) => outcome === 'rejected' || outcome === 'unmatched');
  if (refused < 0) return;
  throw new Error(`${kind} of the demo: ${results[refused]!.reason ?? 'no account'}: ${JSON.stringify(rows[refused])}`);
}
