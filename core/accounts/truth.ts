/**
 * Which source is believed (chapter 01): each field has a source-of-truth order. What the losers say is kept, and where they
 * contradict the winner the field is disputed.
 */

/** The source of what people typed. It always comes first: to hold a value against all sources is what typing it means. */
export const BY_HAND = 'manual';
/** In the order of ARR: what the contract lines of the account add up to. It is computed and never stated. */
export const CONTRACTS = 'contracts';
/** In an order: every source that it does not name. Among them the one that changed its mind last is believed. */
export const OTHERS = '*';

/** Without an order of the workspace: systems of record, then files and programs, then the product's own telemetry. */
export const DEFAULT_ORDER: readonly string[] = [
  'crm',
  'salesforce',
  'hubspot',
  'billing',
  'stripe',
  OTHERS,
  'telemetry',
];

/** Minor units of the currency `minor` is of. */
export interface StatedAmount {
  minor: number;
  currency: string;
}
export type ClaimValue = string | number | boolean | null | readonly string[] | StatedAmount;

/** What one source said last about one field of one account. */
export interface Claim {
  source: string;
  /** null = it says that there is none; of 'owner' a member's id, or the address of somebody who is no member */
  value: ClaimValue;
  /** since when it says so, epoch ms */
  at: number;
  /** by which import, key or member it was said; null = unknown */
  by: string | null;
}

/** Orders that the workspace set: field, or '*' for all others, → sources, the most trusted first. */
export type Orders = ReadonlyMap<string, readonly string[]>;

/** The order in force for a field, the most trusted first; it always names `OTHERS`, and never what people typed. */
export function orderOf(orders: Orders, field: string): readonly string[] {
  const own = orders.get(field);
  if (own) return complete(own, field);
  const general = complete(orders.get(OTHERS) ?? DEFAULT_ORDER, '');
  return field === 'arr' ? [CONTRACTS, ...general] : general;
}

function complete(order: readonly string[], field: string): readonly string[] {
  const others = order.includes(OTHERS) ? order : [...order, OTHERS];
  return field === 'arr' && !others.includes(CONTRACTS) ? [CONTRACTS, ...others] : others;
}

/** The place of a source in an order, 0 = the most trusted; what people typed stands before all. */
export function rankOf(order: readonly string[], source: string): number {
  if (source === BY_HAND) return -1;
  const place = order.indexOf(source);
  return place === -1 ? order.indexOf(OTHERS) : place;
}

/**
 * What was said about a field, the most believed first. A source that says "none" gives way to any that knows a value; a
 * member who emptied the field means it. Sources of one place: the later change of mind first.
 */
export function ranked(claims: readonly Claim[], order: readonly string[]): Claim[] {
  const silent = ({ source, value }: Claim) => Number(value === null && source !== BY_HAND);
  return [...claims].sort(
    (a, b) =>
      silent(a) - silent(b) ||
      rankOf(order, a.source) - rankOf(order, b.source) ||
      b.at - a.at ||
      (a.source < b.source ? -1 : Number(a.source > b.source)),
  );
}

/** The claim that the account follows; null = nobody has said anything that it could. */
export function decide(field: string, claims: readonly Claim[], order: readonly string[]): Claim | null {
  return (
    ranked(
      claims.filter((claim) => canHold(field, claim.value)),
      order,
    )[0] ?? null
  );
}

/** An owner who is no member of the workspace is kept as said, but cannot own the account. */
function canHold(field: string, value: ClaimValue): boolean {
  return field !== 'owner' || typeof value !== 'string';
}

/**
 * The claims of a disputed field, the one in force first; null when nobody contradicts it. Who says "none" contradicts
 * nobody, except a member who emptied a field that a source fills.
 */
export function dispute(field: string, claims: readonly Claim[], order: readonly string[]): Claim[] | null {
  const inForce = decide(field, claims, order);
  if (!inForce) return null;
  const against = ranked(claims, order).filter(
    (claim) => claim !== inForce && claim.value !== null && !sameValue(inForce.value, claim.value),
  );
  return against.length === 0 ? null : [inForce, ...against];
}

/** Whether a member has decided the field, and nobody has changed their mind since. */
export function isSettled(claims: readonly Claim[]): boolean {
  const decision = claims.find(({ source }) => source === BY_HAND);
  return decision !== undefined && claims.every(({ at }) => at <= decision.at);
}

/** Whether two sources say the same: letters of either case and spaces are no difference; of lists one common entry is enough. */
export function sameValue(a: ClaimValue, b: ClaimValue): boolean {
  if (isList(a) && isList(b)) return a.length === 0 || b.length === 0 || a.some((entry) => b.includes(entry));
  if (isAmount(a) || isAmount(b)) return JSON.stringify(a) === JSON.stringify(b);
  return plain(a) === plain(b);
}

/** A yearly sum that was divided into months and added up again may be off by this much, in minor units. */
const roundingMinor = 100;

/** Whether two yearly amounts of one currency are the same, but for rounding. */
export function sameAmount(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(roundingMinor, Math.abs(a) / 10_000);
}

export function isAmount(value: ClaimValue): value is StatedAmount {
  return typeof value === 'object' && value !== null && 'minor' in value;
}

function isList(value: ClaimValue): value is readonly string[] {
  return Array.isArray(value);
}

function plain(value: ClaimValue): string {
  return String(value).normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

/** An ARR that was stated for the whole account, as far as it counts. */
export interface Stated extends StatedAmount {
  source: string;
  /** whether it counts although contract lines say otherwise; without any it always does */
  beforeContracts: boolean;
}

/** The stated ARR that is believed most; null = nobody states any, or a member said that the contracts count. */
export function statedArr(claims: readonly Claim[], order: readonly string[]): Stated | null {
  const claim = decide('arr', claims, order);
  if (!claim || !isAmount(claim.value)) return null;
  const beforeContracts = rankOf(order, claim.source) < rankOf(order, CONTRACTS);
  return { ...claim.value, source: claim.source, beforeContracts };
}

/** Fields of an account that sources may disagree on, with their names for people; attributes are 'attr.' and their name. */
export const TRUTH_FIELDS = {
  name: 'Name',
  domains: 'Domains',
  industry: 'Industry',
  region: 'Region',
  country: 'Country',
  currency: 'Currency',
  tier: 'Tier',
  stage: 'Stage',
  owner: 'Owner',
  parent: 'Parent account',
  startedOn: 'Customer since',
  strategic: 'Strategic',
  arr: 'ARR',
} as const;
export type TruthField = keyof typeof TRUTH_FIELDS | `attr.${string}`;

export function isTruthField(field: string): field is TruthField {
  return Object.hasOwn(TRUTH_FIELDS, field) || (field.startsWith('attr.') && field.length > 'attr.'.length);
}

/** A field's name for people; an attribute is called as its source calls it. */
export function titleOf(field: string): string {
  if (Object.hasOwn(TRUTH_FIELDS, field)) return TRUTH_FIELDS[field as keyof typeof TRUTH_FIELDS];
  return field.replace(/^attr\./, '');
}
