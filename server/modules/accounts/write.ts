/** Account facts: a row makes the account or changes the one it names. */
import type { Fact, ReadFact } from '#contracts/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { addDomains, nameAccounts, resolveOrCreateAccounts } from './create.ts';
import { companyDomain } from './public-domains.ts';
import { type AccountRef, resolveAccounts } from './resolve.ts';
import { valueIn } from './row.ts';
import { claimsIn, type FoundRefs } from './truth/claims-in.ts';
import { type OpenAccounts, openAccounts } from './truth/open-accounts.ts';

export interface AccountFact extends ReadFact<Fact<'accounts'>> {
  /** of telemetry: when it was said, epoch ms; what is older than traits taken over before only fills what is empty */
  traitsAt?: number;
}

export interface StoreAccounts {
  source: string;
  /** epoch ms */
  now: number;
  memberId?: number | null;
  reason?: string | null;
  /** of amounts that name none; without one they are not taken */
  currency?: string;
  /** by which import or key, for people who ask who said so */
  by?: string | null;
}

export interface StoredAccount {
  accountId: number | null;
  outcome: 'stored' | 'updated' | 'duplicate' | 'unmatched';
}

/** Stores account facts in order; several rows of one account apply one after another. Marks what changed as dirty. */
export async function storeAccounts(
  tx: Tx,
  workspaceId: number,
  rows: readonly AccountFact[],
  options: StoreAccounts,
): Promise<StoredAccount[]> {
  const refs = rows.map(({ fact }) => refOf(fact, options.source));
  const named = refs.map((ref, i) => ({ ...ref, name: rows[i]!.fact.name }));
  const { accountIds, created } = await resolveOrCreateAccounts(tx, workspaceId, named);
  await nameFrom(tx, workspaceId, rows, refs, accountIds);
  const owners = await findOwners(tx, workspaceId, rows);
  const parents = await findParents(tx, workspaceId, rows, options.source);
  const open = await openAccounts(tx, workspaceId, accountIds);
  const fresh = new Set(created);
  const outcomes = rows.map((row, i): StoredAccount => {
    const accountId = accountIds[i] ?? null;
    if (accountId === null || !open.rows.has(accountId)) return { accountId: null, outcome: 'unmatched' };
    const isNew = apply(
      open,
      accountId,
      row,
      { owner: owners.get(row.fact.owner ?? ''), parent: parents[i] ?? null },
      options,
    );
    if (fresh.delete(accountId)) return { accountId, outcome: 'stored' };
    return { accountId, outcome: isNew ? 'updated' : 'duplicate' };
  });
  await open.save(options, created);
  return outcomes;
}

function refOf(fact: Fact<'accounts'>, source: string): AccountRef {
  return { source, externalId: fact.account, productAccount: fact.productAccount, domain: fact.domain };
}

async function nameFrom(
  tx: Tx,
  workspaceId: number,
  rows: readonly AccountFact[],
  refs: readonly AccountRef[],
  accountIds: readonly (number | null)[],
): Promise<void> {
  const known = rows.flatMap(({ fact }, i) => {
    const accountId = accountIds[i];
    return accountId ? [{ accountId, ref: refs[i]!, domains: fact.domains ?? [] }] : [];
  });
  await nameAccounts(tx, workspaceId, known);
  const domains = known.flatMap(({ accountId, domains: list }) =>
    list.flatMap((text) => {
      const domain = companyDomain(text);
      return domain ? [{ accountId, domain }] : [];
    }),
  );
  if (domains.length > 0) await addDomains(tx, workspaceId, domains);
}

async function findOwners(tx: Tx, workspaceId: number, rows: readonly AccountFact[]): Promise<Map<string, number>> {
  const emails = [...new Set(rows.map((r) => r.fact.owner).filter((e) => e !== null))];
  if (emails.length === 0) return new Map();
  const members = await tx.many<{ email: string; id: number }>({
    text: `select lower(email) as email, id from members
      where workspace_id = $1 and lower(email) = any ($2::text[]) and status <> 'disabled'`,
    values: [workspaceId, emails],
  });
  return new Map(members.map((m) => [m.email, m.id]));
}

async function findParents(tx: Tx, workspaceId: number, rows: readonly AccountFact[], source: string) {
  const refs = rows.map(({ fact }) => ({ source, externalId: fact.parent }));
  return refs.some((ref) => ref.externalId) ? resolveAccounts(tx, workspaceId, refs) : [];
}

/**
 * Notes what the row says; the account's fields follow whoever is believed. A field that was not given stays. Returns whether
 * the row says anything new.
 */
function apply(
  open: OpenAccounts,
  accountId: number,
  { fact, given, traitsAt }: AccountFact,
  found: FoundRefs,
  { source, now, currency, by }: StoreAccounts,
): boolean {
  const row = open.rows.get(accountId)!;
  const tagsBefore = row.tags;
  const older = traitsAt !== undefined && row.traits_at !== null && row.traits_at.getTime() > traitsAt;
  let isNew = false;
  for (const [field, value] of claimsIn(fact, given, found, currency ?? null)) {
    if (older && isKnown(open, accountId, source, field)) continue;
    isNew = open.say({ accountId, source, field, value, at: traitsAt ?? now, by: by ?? null }) || isNew;
  }
  if (given.has('tags') && !older) row.tags = fact.tags ?? [];
  if (traitsAt !== undefined && !older) row.traits_at = new Date(traitsAt);
  return isNew || row.tags.join('\0') !== tagsBefore.join('\0');
}

/** Whether an older statement comes too late: its source has spoken since, or the field has a value of unknown origin. */
function isKnown({ claims, rows }: OpenAccounts, accountId: number, source: string, field: string): boolean {
  if (claims.saidBy(accountId, source, field) !== undefined) return true;
  return claims.claims(accountId, field).length === 0 && valueIn(rows.get(accountId)!, field) != null;
}
