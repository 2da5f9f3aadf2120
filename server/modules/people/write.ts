/** Contact facts: a row makes the person or changes the one it names. */
import type { Fact, ReadFact } from '#contracts/facts.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type ContactRow, findOrCreateContacts } from './find.ts';
import { type RoleChange, saveRoles } from './roles.ts';
import { lockContacts, type Membership, pastFrom, saveContacts, saveMemberships } from './save.ts';

export type ContactFact = ReadFact<Fact<'contacts'>>;
export type ContactOutcome = 'stored' | 'updated' | 'duplicate';

/**
 * Stores contact facts in order. `accountIds` gives the account of each row; null leaves the person where they are.
 * A person under a new account has moved there: from `since` where it is given, otherwise from `now` (epoch ms).
 */
export async function storeContacts(
  tx: Tx,
  workspaceId: number,
  rows: readonly ContactFact[],
  accountIds: readonly (number | null)[],
  { source, now }: { source: string; now: number },
): Promise<ContactOutcome[]> {
  const refs = rows.map(({ fact }) => ({ source, externalId: fact.id, email: fact.email, since: timeOf(fact, now) }));
  const { contacts, created } = await findOrCreateContacts(tx, workspaceId, refs, (ref) => ref.since);
  await lockContacts(tx, workspaceId, new Set(contacts.filter((contact) => contact !== null)));
  const changed = new Set<ContactRow>();
  const memberships: Membership[] = [];
  const left: { accountId: number; at: number }[] = [];
  const outcomes: ContactOutcome[] = [];
  const roles: (RoleChange & { row: number })[] = [];
  for (const [i, { fact, given }] of rows.entries()) {
    const contact = contacts[i]!;
    const isNew = created.delete(contact.id);
    const was = JSON.stringify(contact);
    const from = contact.account_id;
    const membership = move(contact, accountIds[i]!, isNew ? refs[i]!.since : timeOf(fact, now));
    if (membership) memberships.push(membership);
    if (membership && from !== null) left.push({ accountId: from, at: membership.at });
    apply(contact, fact, given);
    const differs = JSON.stringify(contact) !== was;
    if (differs) changed.add(contact);
    outcomes.push(isNew ? 'stored' : differs ? 'updated' : 'duplicate');
    if (given.has('roles') && contact.account_id !== null) {
      const at = isNew ? refs[i]!.since : now;
      roles.push({ row: i, contactId: contact.id, accountId: contact.account_id, roles: fact.roles ?? [], at });
    }
  }
  await saveContacts(tx, workspaceId, [...changed]);
  await saveMemberships(tx, workspaceId, memberships);
  const changedRoles = await saveRoles(tx, workspaceId, roles);
  for (const { row, contactId } of roles) {
    if (changedRoles.has(contactId) && outcomes[row] === 'duplicate') outcomes[row] = 'updated';
  }
  await markDirty(tx, workspaceId, [
    ...rows.flatMap((_, i) => dirtyOf(outcomes[i]!, contacts[i]!, refs[i]!.since, now)),
    ...left.map(({ accountId, at }) => changedAt(accountId, at, now)),
  ]);
  return outcomes;
}

function dirtyOf(outcome: ContactOutcome, contact: ContactRow, since: number, now: number) {
  if (outcome === 'duplicate' || contact.account_id === null) return [];
  const from = Math.min(since, contact.left_at?.getTime() ?? since);
  return [changedAt(contact.account_id, from, now)];
}

function changedAt(accountId: number, at: number, now: number) {
  return { accountId, families: ['contacts'] as const, historyFrom: pastFrom(at, now) };
}

function timeOf(fact: Fact<'contacts'>, now: number): number {
  return fact.since === null ? now : Date.parse(fact.since);
}

function move(contact: ContactRow, accountId: number | null, at: number): Membership | null {
  if (accountId === null || contact.account_id === accountId) return null;
  contact.account_id = accountId;
  contact.account_at = new Date(at);
  contact.left_at = null;
  return { contactId: contact.id, accountId, at, exclusive: true };
}

/** Changes the row in place. A field that was not given stays; one that was given empty is emptied. */
function apply(row: ContactRow, fact: Fact<'contacts'>, given: ReadonlySet<string>): void {
  if (fact.name !== null) row.name = fact.name;
  if (fact.email !== null) row.email = fact.email;
  for (const field of ['title', 'seniority', 'influence', 'sentiment'] as const) {
    if (given.has(field)) row[field] = fact[field];
  }
  if (fact.optedOut !== null) row.opted_out = fact.optedOut;
  if (fact.isUser !== null) row.is_user = fact.isUser;
  if (fact.since !== null) row.since = new Date(fact.since);
  if (given.has('leftAt')) row.left_at = fact.leftAt === null ? null : new Date(fact.leftAt);
  if (fact.attributes !== null) row.attributes = { ...row.attributes, ...fact.attributes };
}
