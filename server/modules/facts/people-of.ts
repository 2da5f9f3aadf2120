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
  const distinct = firstAndLast(named);
  const refs = distinct.map(({ contact, email, accountId, at, isUser = false }) => {
    return { source, externalId: contact, email, accountId, isUser, at: Date.parse(at) };
  });
  const found = await resolveContacts(tx, workspaceId, refs, { create: true, now });
  const ids = new Map(distinct.map((person, i) => [keyOf(person), found[i]?.id ?? null]));
  return people.map((person) => ids.get(keyOf(person)) ?? null);
}

function keyOf({ contact, email, accountId }: NamedPerson): string {
  return `${accountId}\0${contact}\0${email}`;
}

/** Of all that names one person at one account, the earliest and the latest: the rest says nothing new. */
function firstAndLast(people: readonly NamedPerson[]): NamedPerson[] {
  const spans = new Map<string, { first: NamedPerson; last: NamedPerson }>();
  for (const person of people) {
    const span = spans.get(keyOf(person));
    if (!span) spans.set(keyOf(person), { first: person, last: person });
    else if (person.at < span.first.at) span.first = person;
    else if (person.at > span.last.at) span.last = person;
  }
  return [...spans.values()].flatMap(({ first, last }) => (first === last ? [first] : [first, last]));
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
