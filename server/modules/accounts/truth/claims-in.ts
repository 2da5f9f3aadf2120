import type { Fact } from '#contracts/facts.ts';
import type { ClaimValue } from '#core/accounts/truth.ts';
import { companyDomain } from '../public-domains.ts';

/** Whom and what a fact's references were found to be. */
export interface FoundRefs {
  /** the member whose address the fact gives as owner; undefined = nobody here has it */
  owner: number | undefined;
  parent: number | null;
}

const plainFields = ['industry', 'region', 'country', 'currency', 'tier', 'stage', 'startedOn', 'strategic'] as const;

/** What an account fact says of each field that it gives. Tags are no matter of truth: they are taken over as they come. */
export function claimsIn(
  fact: Fact<'accounts'>,
  given: ReadonlySet<string>,
  found: FoundRefs,
  currency: string | null,
): [field: string, value: ClaimValue][] {
  const claims: [string, ClaimValue][] = [];
  if (given.has('name') && fact.name !== null) claims.push(['name', fact.name]);
  for (const field of plainFields) if (given.has(field)) claims.push([field, fact[field]]);
  if (given.has('parent')) claims.push(['parent', found.parent]);
  if (given.has('owner')) claims.push(['owner', fact.owner === null ? null : (found.owner ?? fact.owner)]);
  if (given.has('arr')) claims.push(['arr', amountIn(fact, currency)]);
  const domains = domainsIn(fact);
  if (domains.length > 0) claims.push(['domains', domains]);
  for (const [name, value] of Object.entries(fact.attributes ?? {})) claims.push([`attr.${name}`, value]);
  if (fact.churned !== null) claims.push(['attr.churned', fact.churned]);
  // An owner who is no member (yet) is kept as an attribute, and never takes the account away from one who is.
  if (fact.owner !== null && !found.owner) claims.push(['attr.owner', fact.owner]);
  return claims;
}

function amountIn(fact: Fact<'accounts'>, currency: string | null): ClaimValue {
  const of = fact.currency ?? currency;
  return fact.arr === null || of === null ? null : { minor: fact.arr, currency: of };
}

function domainsIn(fact: Fact<'accounts'>): string[] {
  const texts = [fact.domain, ...(fact.domains ?? [])];
  return [...new Set(texts.map((text) => companyDomain(text)).filter((domain) => domain !== null))].sort();
}
