/** The people that facts name in passing. */
import { resolveContacts } from '#server/modules/people/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FactContext } from './context.ts';

export interface NamedPerson {
  /** the source's id of the person */
  contact: string | null;
  email: string | null;
  accountId: number;
  /** time of the fact, ISO */
  at: string;
  isUser?: boolean;
}

/** Contact id of each person, in order; null where none is named. New people are made. */
export async function contactsOf(
  tx: Tx,
  { workspaceId, source, now }: FactContext,
  people: readonly NamedPerson[],
): Promise<(number | null)[]> {
  const named = people.filter((p) => p.contact !== null || p.email !== null);
  if (named.length === 0) return people.map(() => null);
  const refs = named.map(({ contact, email, accountId, at, isUser = false }) => {
    return { source, externalId: contact, email, accountId, isUser, at: Date.parse(at) };
  });
  const found = await resolveContacts(tx, workspaceId, refs, { create: true, now });
  const ids = new Map(named.map((person, i) => [person, found[i]?.id ?? null]));
  return people.map((person) => ids.get(person) ?? null);
}

/** Contact ids by e-mail address and account. Members are left out: our own people attend, but are no customers. */
export async function attendees(
  tx: Tx,
  context: FactContext,
  people: readonly { email: string; accountId: number; at: string }[],
): Promise<(email: string, accountId: number) => number | null> {
  const emails = [...new Set(people.map((p) => p.email))];
  const members = await tx.many<{ email: string }>({
    text: 'select lower(email) as email from members where workspace_id = $1 and lower(email) = any ($2::text[])',
    values: [context.workspaceId, emails],
  });
  const own = new Set(members.map((m) => m.email));
  const customers = people.filter((p) => !own.has(p.email));
  const ids = await contactsOf(
    tx,
    context,
    customers.map((p) => ({ ...p, contact: null })),
  );
  const byKey = new Map(customers.map((p, i) => [`${p.accountId}/${p.email}`, ids[i]!]));
  return (email, accountId) => byKey.get(`${accountId}/${email}`) ?? null;
}
