/** Messages of one workspace into facts, in one transaction: accounts, people, events, and what was set aside. */
import sql from 'sql-template-tag';
import { resolveAccounts, upsertAccounts } from '#server/modules/accounts/index.ts';
import { joinContacts, resolveContacts } from '#server/modules/people/index.ts';
import { adoptEvents, eventNameIds, type IncomingEvent, ingestEvents } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Message, Rejection } from './read.ts';

/** Telemetry's name among the sources that have ids for accounts and people. */
export const telemetry = 'telemetry';

export interface Stored {
  stored: number;
  duplicates: number;
  unmatched: number;
}

interface Dated extends Message {
  at: number;
}

export async function storeMessages(
  tx: Tx,
  workspaceId: number,
  messages: readonly Message[],
  now: number,
): Promise<Stored> {
  const dated = await dateMessages(tx, workspaceId, messages, now);
  const accountOfGroup = await storeGroups(tx, workspaceId, dated);
  const people = await storePeople(tx, workspaceId, dated, accountOfGroup);
  const names = await eventNameIds(
    tx,
    workspaceId,
    dated.map((m) => ({ kind: m.type, name: m.name ?? '' })),
  );
  const events = dated.map((message, i) => toEvent(message, names[i]!, accountOfGroup, people));
  const { stored, duplicates } = await ingestEvents(tx, workspaceId, events, now);
  return { stored, duplicates, unmatched: events.filter((e) => e.accountId === null).length };
}

/** A message without a time happened when it was first received; a repetition finds that time again by its id. */
async function dateMessages(tx: Tx, workspaceId: number, messages: readonly Message[], now: number): Promise<Dated[]> {
  const undated = messages.filter((m) => m.at === null);
  if (undated.length === 0) return messages as Dated[];
  const rows = await tx.many<{ message_id: string; at: number }>({
    text: `insert into undated_messages (workspace_id, message_id, at)
        select distinct $1::int, m, to_timestamp($3::float8 / 1000) from unnest($2::uuid[]) as m
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
}

async function storePeople(
  tx: Tx,
  workspaceId: number,
  messages: readonly Dated[],
  accountOfGroup: ReadonlyMap<string, number>,
): Promise<Map<string, Person>> {
  const aliases = messages
    .filter((m) => m.type === 'alias')
    .map((m) => ({ userId: m.userId!, previousId: m.previousId! }));
  const byUser = Map.groupBy(
    messages.filter((m) => m.userId !== null),
    (m) => m.userId!,
  );
  const refs = [...byUser].map(([userId, own]) => personRef(userId, own, accountOfGroup));
  const contacts = await resolveContacts(tx, workspaceId, refs, { create: true });
  await joinContacts(tx, workspaceId, telemetry, aliases);
  const people = new Map(
    refs.map((ref, i) => [ref.externalId, { contactId: contacts[i]!.id, accountId: contacts[i]!.accountId }]),
  );
  const said = messages.filter((m) => (m.type === 'identify' || m.type === 'group') && m.userId !== null);
  const placed = [...new Set(said.map((m) => m.userId!))].flatMap((userId) => {
    const accountId = people.get(userId)?.accountId;
    return accountId == null ? [] : [{ reference: `user:${userId}`, accountId }];
  });
  await adoptEvents(tx, workspaceId, placed);
  return people;
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
  people: ReadonlyMap<string, Person>,
): IncomingEvent {
  const person = message.userId === null ? undefined : people.get(message.userId);
  const accountId =
    message.groupId === null ? (person?.accountId ?? null) : (accountOfGroup.get(message.groupId) ?? null);
  return {
    at: message.at,
    messageId: message.uuid,
    accountId,
    contactId: person?.contactId ?? null,
    eventNameId,
    kind: message.type,
    reference: accountId === null ? referenceOf(message) : null,
    properties: Object.keys(message.data).length === 0 ? null : JSON.stringify(message.data),
  };
}

function referenceOf(message: Message): string {
  return message.groupId ?? (message.userId === null ? '(anonymous)' : `user:${message.userId}`);
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

export interface Counted extends Stored {
  source: string;
  rejected: number;
  lastEventAt: number | null;
  maxLagMs: number;
}

/** Adds to the counts of this minute, for rates and lag on the Intake page. */
export async function countIntake(tx: Tx, workspaceId: number, counted: readonly Counted[]): Promise<void> {
  for (const c of counted) {
    await tx.run(sql`insert into intake_minutes as m (workspace_id, source, minute, accepted, duplicates, rejected, unmatched, last_event_at, max_lag_ms)
      values (${workspaceId}, ${c.source}, date_trunc('minute', now()), ${c.stored}, ${c.duplicates}, ${c.rejected}, ${c.unmatched},
        to_timestamp(${c.lastEventAt === null ? null : c.lastEventAt / 1000}::float8), ${Math.round(c.maxLagMs)})
      on conflict (workspace_id, source, minute) do update set accepted = m.accepted + excluded.accepted,
        duplicates = m.duplicates + excluded.duplicates, rejected = m.rejected + excluded.rejected,
        unmatched = m.unmatched + excluded.unmatched, last_event_at = greatest(m.last_event_at, excluded.last_event_at),
        max_lag_ms = greatest(m.max_lag_ms, excluded.max_lag_ms)`);
  }
}
