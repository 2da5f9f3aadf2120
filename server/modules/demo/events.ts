import { eventBatches } from '#seed/demo/generate.ts';
import { type DemoOptions, dayMs, sceneOf } from '#seed/demo/scene.ts';
import type { DemoEvent } from '#seed/demo/usage.ts';
import { eventNameIds, type IncomingEvent, ingestEvents } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Ids } from './facts.ts';

/**
 * Raw events, in time order; usage is counted afterwards. Not by way of facts: each of these has its ids already, and there
 * are half a million.
 * @param progress told the share of days that are stored
 */
export async function storeEvents(
  tx: Tx,
  workspaceId: number,
  options: DemoOptions,
  ids: Ids,
  progress: (share: number) => Promise<void>,
): Promise<void> {
  const { firstDay, today } = sceneOf(options);
  const names = new Map<string, number>();
  let stored: Promise<unknown> = Promise.resolve();
  for (const batch of eventBatches(options)) {
    // The next batch is made while the database takes this one.
    await stored;
    await progress((batch[0]!.at / dayMs - firstDay) / (today + 1 - firstDay));
    await learnNames(tx, workspaceId, batch, names);
    const rows = batch.map((event) => incoming(event, ids, names));
    stored = ingestEvents(tx, workspaceId, rows, options.now, { bulk: true });
    // Awaited in the next round; a failure until then must not end the process.
    stored.catch(() => undefined);
  }
  await stored;
}

async function learnNames(tx: Tx, workspaceId: number, batch: readonly DemoEvent[], names: Map<string, number>) {
  const unknown = [...new Set(batch.map(({ event }) => event))].filter((name) => !names.has(name));
  if (unknown.length === 0) return;
  const wanted = unknown.map((name) => ({ kind: 'track' as const, name }));
  for (const [i, id] of (await eventNameIds(tx, workspaceId, wanted)).entries()) names.set(unknown[i]!, id);
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
