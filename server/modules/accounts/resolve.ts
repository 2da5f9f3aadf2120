/** Whose fact is it: chapter 01, "Identity". */
import type { Tx } from '#server/platform/db/pool.ts';
import { companyDomain, emailDomain } from './public-domains.ts';

export interface AccountRef {
  /** names the system that speaks: 'telemetry', 'file', 'salesforce' */
  source: string;
  /** the source's own id of the account */
  externalId?: string | null;
  /** the id that the workspace's own product has for it, where the source carries one */
  productAccount?: string | null;
  /** a subscription of the source; the accounts module knows it only where a person has said whose it is */
  subscription?: string | null;
  domain?: string | null;
  /** of a person at the account: its domain counts, unless anybody can have an address there */
  email?: string | null;
}

/**
 * Sources without ids of their own: they use the ids of the workspace's product, so an account is the same under each of
 * them. The first named wins where two of them disagree.
 */
export const productSources = ['telemetry', 'api', 'file', 'manual', 'demo'] as const;

const separator = '\u0000';
/** Longest name of an account that a source may use. */
export const longestReference = 500;

/** What a person sees in the unmatched list, and settles once for all facts to come. Null: the fact names no account. */
export function referenceOf(ref: AccountRef): string | null {
  const named =
    nonEmpty(ref.externalId) ??
    prefixed('product', ref.productAccount) ??
    prefixed('subscription', ref.subscription) ??
    prefixed('domain', companyDomain(ref.domain) ?? emailDomain(ref.email)) ??
    prefixed('email', ref.email?.toLowerCase());
  return named === null ? null : named.slice(0, longestReference);
}

/**
 * The account of each reference, in order, or null. Tried in turn: the source's own id, the product's id that the source
 * declares, that id under the workspace's other own sources (telemetry's group id), the domain. A merged account gives the
 * one it was merged into.
 */
export async function resolveAccounts(
  tx: Tx,
  workspaceId: number,
  refs: readonly AccountRef[],
): Promise<(number | null)[]> {
  const keys = refs.map(keyOf);
  const distinct = [...new Map(keys.map((key, i) => [key, refs[i]!])).entries()];
  if (distinct.length === 0) return [];
  const wanted = distinct.map(([, ref]) => ref);
  const rows = await tx.many<{ n: number; account_id: number; merged: boolean }>({
    name: 'resolve-accounts',
    text: resolveText,
    values: [
      workspaceId,
      wanted.map((r) => r.source),
      wanted.map((r) => referenceOf(r)),
      wanted.map((r) => nonEmpty(r.productAccount)),
      wanted.map((r) => companyDomain(r.domain) ?? emailDomain(r.email)),
      productSources,
    ],
  });
  const merged = await followMerges(
    tx,
    workspaceId,
    rows.filter((r) => r.merged).map((r) => r.account_id),
  );
  const found = new Map(rows.map((r) => [distinct[r.n - 1]![0], merged.get(r.account_id) ?? r.account_id]));
  return keys.map((key) => found.get(key) ?? null);
}

// Lateral with a limit: one look into an index for each reference. Left to choose, and before the tables were analyzed (just
// after an import), the planner compares every reference with every account: 3.3 s for 1 600 references where this takes
// 0.03. A later way is gone only where the ones before led nowhere.
// What was found is materialized, as row-level security keeps coalesce() out of index conditions.
const resolveText = `
  with found as materialized (
    select r.n, coalesce(own.account_id, product.account_id, kin.account_id, home.account_id) as id
    from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
      as r (source, reference, product_account, domain, n)
    left join lateral (
      select account_id from account_ids
       where workspace_id = $1 and source = r.source and external_id = r.reference limit 1) own on true
    left join lateral (
      select k.account_id from unnest($6::text[]) with ordinality as s (source, place) cross join lateral (
        select account_id from account_ids
         where workspace_id = $1 and source = s.source and external_id = r.product_account limit 1) k
       where own.account_id is null
       order by s.place limit 1) product on true
    left join lateral (
      select k.account_id from unnest($6::text[]) with ordinality as s (source, place) cross join lateral (
        select account_id from account_ids
         where workspace_id = $1 and source = s.source and external_id = r.reference limit 1) k
       where own.account_id is null and product.account_id is null and r.source = any ($6)
       order by s.place limit 1) kin on true
    left join lateral (
      select account_id from account_domains
       where own.account_id is null and product.account_id is null and kin.account_id is null
         and workspace_id = $1 and domain = r.domain limit 1) home on true)
  select f.n::int, f.id as account_id, a.merged from found f cross join lateral (
    select merged_into is not null as merged from accounts where workspace_id = $1 and id = f.id limit 1) a`;

/** Merged account → the account that holds it now. */
export async function followMerges(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.many<{ start: number; id: number }>({
    name: 'follow-merges',
    text: `with recursive chain as (
        select id as start, id, merged_into from accounts where workspace_id = $1 and id = any ($2::bigint[])
        union all
        select c.start, a.id, a.merged_into from chain c
          join accounts a on a.workspace_id = $1 and a.id = c.merged_into)
      select start, id from chain where merged_into is null`,
    values: [workspaceId, ids],
  });
  return new Map(rows.map((r) => [r.start, r.id]));
}

function keyOf(ref: AccountRef): string {
  return [ref.source, ref.externalId, ref.productAccount, ref.subscription, ref.domain, ref.email].join(separator);
}

function nonEmpty(text: string | null | undefined): string | null {
  return text ? text : null;
}

function prefixed(prefix: string, text: string | null | undefined): string | null {
  return text ? `${prefix}:${text}` : null;
}
