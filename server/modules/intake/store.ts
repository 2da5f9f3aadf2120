/** Messages of one workspace into facts, in one transaction: accounts, people, events, and what was set aside. */
import { resolveAccounts, upsertAccounts } from '#server/modules/accounts/index.ts';
import {
  findVisitors,
  joinContacts,
  linkVisitors,
  resolveContacts,
  type Visitor,
} from '#server/modules/people/index.ts';
import {
  adoptEvents,
  eventNameIds,
  type IncomingEvent,
  ingestEvents,
  renameWaiting,
} from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Message, Rejection } from './read.ts';

/** Telemetry's name among the sources that have ids for accounts and people. */
export const telemetry = 'telemetry';

/** What became of a message. */
export interface Stored {
  /** epoch ms */
  at: number;
  /** false: it had been stored before */
  fresh: boolean;
  /** false: it waits for an account */
  matched: boolean;
}

interface Dated extends Message {
  at: number;
}

/** Stores messages whose order does not matter; the answer has theirs. */
export async function storeMessages(
  tx: Tx,
  workspaceId: number,
  messages: readonly Message[],
  now: number,
): Promise<Stored[]> {
  const dated = await dateMessages(tx, workspaceId, messages, now);
  const accountOfGroup = await storeGroups(tx, workspaceId, dated);
  const people = await storePeople(tx, workspaceId, dated, accountOfGroup, now);
  const visitors = await visitorsOf(tx, workspaceId, dated);
  const names = await eventNameIds(
    tx,
    workspaceId,
    dated.map((m) => ({ kind: m.type, name: m.name ?? '' })),
  );
  const events = dated.map((message, i) => toEvent(message, names[i]!, accountOfGroup, { people, visitors }));
  const fresh = new Set((await ingestEvents(tx, workspaceId, events, now)).fresh);
  return events.map((event) => ({ at: event.at, fresh: fresh.has(event), matched: event.accountId !== null }));
}

/** A message without a time happened when it was first received; a repetition finds that time again by its id. */
async function dateMessages(tx: Tx, workspaceId: number, messages: readonly Message[], now: number): Promise<Dated[]> {
  const undated = messages.filter((m) => m.at === null);
  if (undated.length === 0) return messages as Dated[];
  const rows = await tx.many<{ message_id: string; at: number }>({
    text: `insert into undated_messages (workspace_id, message_id, at)
        select distinct $1::int, m, to_timestamp($3::float8 / 1000) from unnest($2::uuid[]) as m order by m
      on conflict (workspace_id, message_id) do update set at = undated_messages.at
      returning message_id, extract(epoch from at)::float8 * 1000 as at`,
    values: [workspaceId, undated.map((m) => m.uuid), now],
  });
  const times = new Map(rows.map((row) => [row.message_id, Math.round(row.at)]));
  return messages.map((m) => ({ ...m, at: m.at ?? times.get(m.uuid)! }));
}

/** Accounts by group id. A group call declares its account; an event that names an unknown group waits unmatched. */
async function storeGroups(tx: Tx, workspaceId: number, messages: readonly Dated[]): Promise<Map<string, number>> {
  const groups = messages.filter((m) => m.type === 'group');
  await upsertAccounts(
    tx,
    workspaceId,
    groups.map((m) => ({ source: telemetry, externalId: m.groupId!, name: nameIn(m.data), traits: m.data, at: m.at })),
  );
  const ids = [...new Set(messages.map((m) => m.groupId).filter((id) => id !== null))];
  const found = await resolveAccounts(
    tx,
    workspaceId,
    ids.map((externalId) => ({ source: telemetry, externalId })),
  );
  const known = new Map<string, number>();
  for (const [i, id] of ids.entries()) if (found[i] != null) known.set(id, found[i]!);
  const declared = [...new Set(groups.map((m) => m.groupId!))].flatMap((id) => {
    const accountId = known.get(id);
    return accountId === undefined ? [] : [{ reference: id, accountId }];
  });
  await adoptEvents(tx, workspaceId, declared);
  return known;
}

function nameIn(traits: Record<string, unknown>): string | null {
  return typeof traits.name === 'string' && traits.name.trim() !== '' ? traits.name.trim().slice(0, 300) : null;
}

interface Person {
  contactId: number;
  accountId: number | null;
  placed: boolean;
}

async function storePeople(
  tx: Tx,
  workspaceId: number,
  messages: readonly Dated[],
  accountOfGroup: ReadonlyMap<string, number>,
  now: number,
): Promise<Map<string, Person>> {
  const byUser = Map.groupBy(
    messages.filter((m) => m.userId !== null),
    (m) => m.userId!,
  );
  const refs = [...byUser].map(([userId, own]) => personRef(userId, own, accountOfGroup));
  const contacts = await resolveContacts(tx, workspaceId, refs, { create: true, now });
  const people = new Map<string, Person>();
  for (const [i, { externalId }] of refs.entries()) {
    const { id, accountId, placed } = contacts[i]!;
    people.set(externalId, { contactId: id, accountId, placed });
  }
  await joinAliases(tx, workspaceId, messages, people);
  await joinVisitors(tx, workspaceId, messages, people);
  const said = new Set(messages.filter(saysWho).map((m) => m.userId));
  const placed = [...people].flatMap(([userId, { accountId, placed: justNow }]) =>
    accountId !== null && (justNow || said.has(userId)) ? [{ reference: userReference(userId), accountId }] : [],
  );
  await adoptEvents(tx, workspaceId, placed);
  return people;
}

/** Makes the two ids of each alias call one person, also in the messages at hand and in those that wait. */
async function joinAliases(
  tx: Tx,
  workspaceId: number,
  messages: readonly Dated[],
  people: Map<string, Person>,
): Promise<void> {
  const aliases = messages
    .filter((m) => m.type === 'alias')
    .map((m) => ({ userId: m.userId!, previousId: m.previousId! }));
  if (aliases.length === 0) return;
  await joinContacts(tx, workspaceId, telemetry, aliases);
  for (const { userId, previousId } of aliases) {
    const kept = people.get(userId)!;
    if (people.has(previousId)) people.set(previousId, kept);
    const to = { to: userReference(userId), contactId: kept.contactId };
    await renameWaiting(tx, workspaceId, [{ from: userReference(previousId), ...to }]);
  }
}

function saysWho({ type }: Pick<Message, 'type'>): boolean {
  return type === 'identify' || type === 'group' || type === 'alias';
}

/**
 * A call that says who somebody is says it of their browser too: what it sent before anybody had signed in is theirs. An
 * alias names that browser as the id before.
 */
async function joinVisitors(
  tx: Tx,
  workspaceId: number,
  messages: readonly Dated[],
  people: ReadonlyMap<string, Person>,
): Promise<void> {
  const oldestFirst = [...messages].sort((a, b) => a.at - b.at);
  const links = new Map<string, { anonymousId: string; userId: string; contactId: number }>();
  for (const { type, userId, anonymousId, previousId } of oldestFirst) {
    if (userId === null || !saysWho({ type })) continue;
    for (const id of [anonymousId, previousId]) {
      const link = { anonymousId: id ?? '', userId, contactId: people.get(userId)!.contactId };
      if (id !== null && id !== userId && !links.has(id)) links.set(id, link);
    }
  }
  await linkVisitors(tx, workspaceId, [...links.values()]);
  const waiting = [...links.values()].map(({ anonymousId, userId, contactId }) => {
    return { from: visitorReference(anonymousId), to: userReference(userId), contactId };
  });
  await renameWaiting(tx, workspaceId, waiting);
}

/** Whom the anonymous ids mean of messages that name neither user nor group: they may be late. */
async function visitorsOf(tx: Tx, workspaceId: number, messages: readonly Dated[]): Promise<Map<string, Visitor>> {
  const nameless = messages.filter((m) => m.userId === null && m.groupId === null && m.anonymousId !== null);
  return findVisitors(tx, workspaceId, [...new Set(nameless.map((m) => m.anonymousId!))]);
}

/** What the messages of one user say together: the newest word on each matter wins. */
function personRef(userId: string, messages: readonly Dated[], accountOfGroup: ReadonlyMap<string, number>) {
  const newestFirst = [...messages].sort((a, b) => b.at - a.at);
  const grouped = newestFirst.find((m) => m.groupId !== null && accountOfGroup.has(m.groupId));
  const identified = newestFirst.find((m) => m.type === 'identify');
  return {
    source: telemetry,
    externalId: userId,
    email: newestFirst.find((m) => m.email !== null)?.email ?? null,
    name: identified ? nameIn(identified.data) : null,
    traits: identified?.data ?? null,
    accountId: grouped ? accountOfGroup.get(grouped.groupId!)! : null,
    isUser: true,
    at: newestFirst[0]!.at,
  };
}

function toEvent(
  message: Dated,
  eventNameId: number,
  accountOfGroup: ReadonlyMap<string, number>,
  { people, visitors }: { people: ReadonlyMap<string, Person>; visitors: ReadonlyMap<string, Visitor> },
): IncomingEvent {
  const visitor = message.userId === null ? visitors.get(message.anonymousId ?? '') : undefined;
  const person = message.userId === null ? visitor : people.get(message.userId);
  const accountId =
    message.groupId === null ? (person?.accountId ?? null) : (accountOfGroup.get(message.groupId) ?? null);
  return {
    at: message.at,
    messageId: message.uuid,
    accountId,
    contactId: person?.contactId ?? null,
    eventNameId,
    kind: message.type,
    reference: accountId === null ? referenceOf(message, visitor) : null,
    properties: Object.keys(message.data).length === 0 ? null : JSON.stringify(message.data),
  };
}

function referenceOf({ groupId, userId, anonymousId }: Message, visitor: Visitor | undefined): string {
  if (groupId !== null) return groupId;
  const known = userId ?? visitor?.userId ?? null;
  return known === null ? visitorReference(anonymousId!) : userReference(known);
}

/** Listed as one, whoever they are: see the unmatched list. */
function visitorReference(anonymousId: string): string {
  return `anonymous:${anonymousId}`;
}

function userReference(userId: string): string {
  return `user:${userId}`;
}

/** Keeps what was set aside, for the Intake page and for replay. */
export async function setAside(
  tx: Tx,
  workspaceId: number,
  keyId: number | null,
  rejected: readonly Rejection[],
): Promise<void> {
  if (rejected.length === 0) return;
  await tx.run({
    name: 'set-aside',
    text: `insert into rejected_events (workspace_id, write_key_id, reason, field, payload)
      select $1, $2, * from unnest($3::text[], $4::text[], $5::jsonb[])`,
    values: [
      workspaceId,
      keyId,
      rejected.map((r) => r.reason),
      rejected.map((r) => r.field),
      rejected.map((r) => JSON.stringify(r.payload ?? null)),
    ],
  });
}
