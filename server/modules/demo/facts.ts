/** Everything of the demo but events, by the way that sent and imported facts take. */

import { type Batch, factBatches, featureRows, loginEvent } from '#seed/demo/generate.ts';
import { type DemoOptions, dayMs } from '#seed/demo/scene.ts';
import { resolveAccounts } from '#server/modules/accounts/index.ts';
import { type FactContext, storeFacts } from '#server/modules/facts/index.ts';
import { resolveContacts } from '#server/modules/people/index.ts';
import { eventNameIds } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { backdateOwners, countRows, markLogin } from './store.ts';

export const source = 'demo';
const sampleRows = 100;
const rowsAtOnce = 2_000;

export async function storeFeatures(tx: Tx, context: FactContext): Promise<void> {
  await storeChecked(tx, context, 'features', featureRows());
  const [login] = await eventNameIds(tx, context.workspaceId, [{ kind: 'track', name: loginEvent }]);
  await markLogin(tx, context.workspaceId, login!);
}

/** The demo's ids → the database's. */
export interface Ids {
  accounts: Map<string, number>;
  contacts: Map<string, number>;
}

/** @param progress told the share of accounts that are stored */
export async function storeAllFacts(
  tx: Tx,
  context: FactContext,
  options: DemoOptions,
  progress: (share: number) => Promise<void>,
): Promise<Ids> {
  const ids: Ids = { accounts: new Map(), contacts: new Map() };
  for (const batch of factBatches(options)) {
    if (batch.kind === 'accounts') await storeAccounts(tx, context, batch);
    else await storeRows(tx, context, batch);
    if (batch.kind === 'accounts' || batch.kind === 'contacts') await learnIds(tx, context, batch, ids);
    await progress(Math.min(1, ids.accounts.size / options.accounts));
  }
  return ids;
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
  await countRows(tx, 'accounts');
  for (const [day, ofDay] of Map.groupBy(later, ({ at }) => Math.floor(at / dayMs))) {
    await storeChecked(tx, { ...context, now: day * dayMs }, 'accounts', rowsOf(ofDay));
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

type Kind = Parameters<typeof storeFacts>[2];

/** The demo is ours: a row that is not taken is a fault of the program, and says so. */
async function storeChecked(tx: Tx, context: FactContext, kind: Kind, rows: readonly object[]): Promise<void> {
  const results = await storeFacts(tx, context, kind, rows as readonly Record<string, unknown>[]);
  const refused = results.findIndex(({ outcome }) => outcome === 'rejected' || outcome === 'unmatched');
  if (refused < 0) return;
  throw new Error(`${kind} of the demo: ${results[refused]!.reason ?? 'no account'}: ${JSON.stringify(rows[refused])}`);
}
