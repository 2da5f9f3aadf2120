/** Everything of the demo but events, by the way that sent and imported facts take. */

import type { AccountPlan } from '#seed/demo/account.ts';
import { type Batch, factsOfAccounts } from '#seed/demo/generate.ts';
import { dayMs, type Scene } from '#seed/demo/scene.ts';
import { resolveAccounts } from '#server/modules/accounts/index.ts';
import { type FactContext, storeFacts } from '#server/modules/facts/index.ts';
import { resolveContacts } from '#server/modules/people/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { backdateClaims, backdateOwners, countRows } from './store.ts';

export const source = 'demo';
const sampleRows = 100;
const rowsAtOnce = 2_000;

/** The demo's ids → the database's. */
export interface Ids {
  accounts: Map<string, number>;
  contacts: Map<string, number>;
}

export async function storeFactsOf(
  tx: Tx,
  context: FactContext,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<void> {
  for (const batch of factsOfAccounts(scene, plans)) {
    if (batch.kind === 'accounts') await storeAccounts(tx, context, batch);
    else await storeRows(tx, context, batch);
  }
}

/** A few first, for the planner to see what they are like. */
async function storeRows(tx: Tx, context: FactContext, { kind, rows }: Batch): Promise<void> {
  for (let from = 0, to = sampleRows; from < rows.length; from = to, to += rowsAtOnce) {
    await storeChecked(
      tx,
      context,
      kind,
      rows.slice(from, to).map(({ row }) => row),
    );
    if (from === 0) await countRows(tx, kind);
  }
}

/** First as they began; what happened to them later as of its own day, so that owners have a history. */
async function storeAccounts(
  tx: Tx,
  context: FactContext,
  { rows }: Extract<Batch, { kind: 'accounts' }>,
): Promise<void> {
  const [first, later] = [rows.filter(({ row }) => row.name), rows.filter(({ row }) => !row.name)];
  const rowsOf = (list: typeof rows) => list.map(({ row }) => row);
  await storeChecked(tx, context, 'accounts', rowsOf(first));
  await backdateOwners(tx, context.workspaceId, context.now);
  await backdateClaims(tx, context.workspaceId, context.source);
  await countRows(tx, 'accounts');
  for (const [day, ofDay] of Map.groupBy(later, ({ at }) => Math.floor(at / dayMs))) {
    await storeChecked(tx, { ...context, now: day * dayMs }, 'accounts', rowsOf(ofDay));
  }
}

/** The ids of accounts that are stored, and of their people. */
export async function idsOf(tx: Tx, workspaceId: number, plans: readonly AccountPlan[]): Promise<Ids> {
  const names = plans.map(({ profile }) => profile.id);
  const accounts = await resolveAccounts(
    tx,
    workspaceId,
    names.map((externalId) => ({ source, externalId })),
  );
  const people = plans.flatMap((plan) => plan.people.map(({ id }) => id));
  const refs = people.map((externalId) => ({ source, externalId, accountId: null, at: 0 }));
  const contacts = await resolveContacts(tx, workspaceId, refs, { create: false });
  return {
    accounts: new Map(names.map((name, i) => [name, accounts[i]!])),
    contacts: new Map(people.flatMap((name, i) => (contacts[i] ? [[name, contacts[i].id] as const] : []))),
  };
}

type Kind = Parameters<typeof storeFacts>[2];

/** The demo is ours: a row that is not taken is a fault of the program, and says so. */
export async function storeChecked(tx: Tx, context: FactContext, kind: Kind, rows: readonly object[]): Promise<void> {
  const results = await storeFacts(tx, context, kind, rows as readonly Record<string, unknown>[]);
  const refused = results.findIndex(({ outcome }) => outcome === 'rejected' || outcome === 'unmatched');
  if (refused < 0) return;
  throw new Error(`${kind} of the demo: ${results[refused]!.reason ?? 'no account'}: ${JSON.stringify(rows[refused])}`);
}
