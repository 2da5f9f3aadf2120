import { eventNameIds, type IncomingEvent, ingestEvents } from '#server/modules/usage/index.ts';
import type { Outcome, Writer } from '../context.ts';
import { uuidOf } from '../keys.ts';
import { contactsOf } from '../people-of.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Events go the same way as telemetry's. Without an id, equal contents at the same time are the same event. */
export const writeEvents: Writer<'events'> = async (tx, context, facts) => {
  const { workspaceId, source, now, bulk } = context;
  const names = await eventNameIds(
    tx,
    workspaceId,
    facts.map(({ fact }) => ({ kind: fact.type ?? 'track', name: fact.event })),
  );
  const people = await contactsOf(
    tx,
    context,
    facts.map(({ fact, accountId }) => {
      return { contact: fact.contact, email: fact.email, accountId, at: fact.at, isUser: true };
    }),
  );
  const events = facts.map(({ fact, accountId, reference }, i): IncomingEvent => {
    const { id, at, contact, email, event, type, properties } = fact;
    const identity = id === null ? [reference, at, contact, email, type, event, properties] : [id];
    return {
      at: Date.parse(at),
      messageId: id !== null && uuid.test(id) ? id : uuidOf(source, ...identity),
      accountId,
      contactId: people[i]!,
      eventNameId: names[i]!,
      kind: type ?? 'track',
      reference: null,
      properties: properties === null || Object.keys(properties).length === 0 ? null : JSON.stringify(properties),
    };
  });
  const { stored } = await ingestEvents(tx, workspaceId, events, now, { bulk });
  // Only how many were new is known, not which: that is all that is counted.
  return events.map((_, i): Outcome => (i < stored ? 'stored' : 'duplicate'));
};
