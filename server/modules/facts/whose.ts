/** The account of each fact, by every name that the fact gives for it. */
import {
  type AccountRef,
  referenceOf,
  resolveAccounts,
  resolveOrCreateAccounts,
} from '#server/modules/accounts/index.ts';
import { resolveContacts } from '#server/modules/people/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FactContext } from './context.ts';

/** Fields of facts that lead to an account; a kind has some of them. */
export interface Naming {
  account?: string | null;
  productAccount?: string | null;
  domain?: string | null;
  subscription?: string | null;
  invoice?: string | null;
  contact?: string | null;
  email?: string | null;
}

export interface Whose {
  accountId: number | null;
  /** what the source calls it: shown while unmatched, and part of the identity of facts without an id */
  reference: string;
}

export async function whose(tx: Tx, context: FactContext, facts: readonly Naming[]): Promise<Whose[]> {
  const { workspaceId, source, createAccounts } = context;
  const refs = facts.map((fact): AccountRef => {
    const { productAccount, domain, subscription, email } = fact;
    return { source, externalId: fact.account, productAccount, domain, subscription, email };
  });
  const found = createAccounts
    ? (await resolveOrCreateAccounts(tx, workspaceId, refs)).accountIds
    : await resolveAccounts(tx, workspaceId, refs);
  const result = facts.map((fact, i) => ({ accountId: found[i]!, reference: referenceFor(refs[i]!, fact) }));
  await byOwner(tx, context, facts, result, 'subscriptions', (fact) => fact.subscription);
  await byOwner(tx, context, facts, result, 'invoices', (fact) => fact.invoice);
  await byPerson(tx, context, facts, result);
  return result;
}

function referenceFor(ref: AccountRef, fact: Naming): string {
  return (
    referenceOf({ ...ref, email: null }) ??
    byOther('invoice', fact.invoice) ??
    byOther('user', fact.contact) ??
    referenceOf(ref) ??
    ''
  );
}

function byOther(prefix: string, id: string | null | undefined): string | null {
  return id ? `${prefix}:${id}` : null;
}

/** Facts that name a subscription or invoice of the same source belong to its account. */
async function byOwner(
  tx: Tx,
  { workspaceId, source }: FactContext,
  facts: readonly Naming[],
  result: Whose[],
  table: 'subscriptions' | 'invoices',
  idOf: (fact: Naming) => string | null | undefined,
): Promise<void> {
  const open = facts.flatMap((fact, i) => (result[i]!.accountId === null && idOf(fact) ? [i] : []));
  if (open.length === 0) return;
  const rows = await tx.many<{ external_id: string; account_id: number }>({
    name: `account-by-${table}`,
    text: `select external_id, account_id from ${table}
      where workspace_id = $1 and source = $2 and external_id = any ($3::text[])`,
    values: [workspaceId, source, [...new Set(open.map((i) => idOf(facts[i]!)))]],
  });
  const accountOf = new Map(rows.map((row) => [row.external_id, row.account_id]));
  for (const i of open) result[i]!.accountId = accountOf.get(idOf(facts[i]!)!) ?? null;
}

/** Facts that name a known person belong to the account the person is at. */
async function byPerson(tx: Tx, context: FactContext, facts: readonly Naming[], result: Whose[]): Promise<void> {
  const open = facts.flatMap((fact, i) =>
    result[i]!.accountId === null && (fact.contact || fact.email) ? [{ fact, result: result[i]! }] : [],
  );
  if (open.length === 0) return;
  const { workspaceId, source, now } = context;
  const refs = open.map(({ fact }) => {
    return { source, externalId: fact.contact, email: fact.email, accountId: null, at: now };
  });
  const people = await resolveContacts(tx, workspaceId, refs, { create: false });
  for (const [i, person] of people.entries()) open[i]!.result.accountId = person?.accountId ?? null;
}
