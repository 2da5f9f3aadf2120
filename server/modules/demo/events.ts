import type { DemoEvent } from '#seed/demo/usage.ts';
import { eventNameIds, type IncomingEvent, ingestEvents } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Ids } from './facts.ts';

const eventsAtOnce = 5_000;

/**
 * Raw events, in time order; usage is counted afterwards. Not by way of facts: each of these has its ids already, and there
 * are half a million. Those that are there already are left as they are.
 */
export async function storeEvents(
  tx: Tx,
  workspaceId: number,
  events: readonly DemoEvent[],
  ids: Ids,
  now: number,
): Promise<void> {
  const names = new Map<string, number>();
  for (let from = 0; from < events.length; from += eventsAtOnce) {
    const batch = events.slice(from, from + eventsAtOnce);
    await learnNames(tx, workspaceId, batch, names);
    const rows = batch.map((event) => incoming(event, ids, names));
    await ingestEvents(tx, workspaceId, rows, now, { bulk: true });
  }
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
