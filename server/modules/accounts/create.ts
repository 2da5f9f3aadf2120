/** New accounts, and the names by which sources know them. */
import type { Tx } from '#server/platform/db/pool.ts';
import { companyDomain } from './public-domains.ts';
import { type AccountRef, referenceOf, resolveAccounts } from './resolve.ts';

export interface NamedRef extends AccountRef {
  name?: string | null;
}

/**
 * The account of each reference; those that find none are made, if they have an id or a domain to be known by (null
 * otherwise). Two transactions that make the same account wait for each other.
 */
export async function resolveOrCreateAccounts(
  tx: Tx,
  workspaceId: number,
  refs: readonly NamedRef[],
): Promise<{ accountIds: (number | null)[]; created: Set<number> }> {
  const found = await resolveAccounts(tx, workspaceId, refs);
  if (!refs.some((ref, i) => found[i] === null && canName(ref))) return { accountIds: found, created: new Set() };
  await tx.run({ text: `select pg_advisory_xact_lock(hashtext('accounts'), $1)`, values: [workspaceId] });
  // Another transaction may have made them while this one waited.
  const again = await resolveAccounts(tx, workspaceId, refs);
  const missing = new Map<string, NamedRef>();
  for (const [i, ref] of refs.entries()) {
    const reference = referenceOf(ref);
    if (again[i] === null && canName(ref) && reference !== null) missing.set(`${ref.source}\0${reference}`, ref);
  }
  const created = await createAccounts(tx, workspaceId, [...missing.values()]);
  return { accountIds: await resolveAccounts(tx, workspaceId, refs), created: new Set(created) };
}

/** An e-mail address alone makes no account: every newsletter reader would become a customer. */
function canName(ref: AccountRef): boolean {
  return Boolean(ref.externalId || ref.productAccount || companyDomain(ref.domain));
}

async function createAccounts(tx: Tx, workspaceId: number, refs: readonly NamedRef[]): Promise<number[]> {
  if (refs.length === 0) return [];
  // The ids come first: RETURNING promises no order.
  const ids = await tx.many<{ id: number }>({
    text: `select nextval(pg_get_serial_sequence('accounts', 'id')) as id from generate_series(1, $1)`,
    values: [refs.length],
  });
  const accountIds = ids.map((row) => row.id);
  await tx.run({
    name: 'create-accounts',
    text: `insert into accounts (workspace_id, id, name, source) overriding system value
      select $1, a.* from unnest($2::bigint[], $3::text[], $4::text[]) as a (id, name, source)`,
    values: [workspaceId, accountIds, refs.map(nameOf), refs.map((r) => r.source)],
  });
  await nameAccounts(
    tx,
    workspaceId,
    refs.map((ref, i) => ({ accountId: accountIds[i]!, ref })),
  );
  return accountIds;
}

function nameOf(ref: NamedRef): string {
  return ref.name || ref.externalId || ref.productAccount || companyDomain(ref.domain)!;
}

/** Lets sources and domains find these accounts from now on. A name that another account holds already stays there. */
export async function nameAccounts(
  tx: Tx,
  workspaceId: number,
  names: readonly { accountId: number; ref: AccountRef }[],
): Promise<void> {
  const ids = names.flatMap(({ accountId, ref }) => [
    ...(ref.externalId ? [{ accountId, source: ref.source, id: ref.externalId }] : []),
    ...(ref.productAccount ? [{ accountId, source: 'telemetry', id: ref.productAccount }] : []),
  ]);
  const domains = names.flatMap(({ accountId, ref }) => {
    const domain = companyDomain(ref.domain);
    return domain === null ? [] : [{ accountId, domain }];
  });
  if (ids.length > 0) {
    await tx.run({
      name: 'name-accounts',
      text: `insert into account_ids (workspace_id, account_id, source, external_id)
        select $1, n.* from unnest($2::bigint[], $3::text[], $4::text[]) as n on conflict do nothing`,
      values: [workspaceId, ids.map((i) => i.accountId), ids.map((i) => i.source), ids.map((i) => i.id)],
    });
  }
  if (domains.length > 0) await addDomains(tx, workspaceId, domains);
}

/** Public mail domains must have been left out already (`companyDomain`). */
export async function addDomains(
  tx: Tx,
  workspaceId: number,
  domains: readonly { accountId: number; domain: string }[],
): Promise<void> {
  await tx.run({
    name: 'add-account-domains',
    text: `insert into account_domains (workspace_id, account_id, domain)
      select $1, d.* from unnest($2::bigint[], $3::text[]) as d on conflict do nothing`,
    values: [workspaceId, domains.map((d) => d.accountId), domains.map((d) => d.domain)],
  });
}
