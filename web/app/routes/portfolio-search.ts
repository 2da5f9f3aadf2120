import { tiers } from '#contracts/accounts.ts';
import type { Session } from '#contracts/session.ts';
import { oneOf, whole } from '#web/lib/search-params.ts';

export const portfolioPeriods = ['30', '90', '365', '730'] as const;

/** Whose accounts, and how far back. */
export interface PortfolioSearch {
  /** a member, or everybody; when left out, one's own book for those who look after accounts, else everybody's */
  owner?: number | 'all' | undefined;
  tier?: (typeof tiers)[number] | undefined;
  period?: (typeof portfolioPeriods)[number] | undefined;
}

/** Whose book the address shows to this member; undefined is everybody's. */
export function bookOwner(
  { owner }: PortfolioSearch,
  { role, memberId }: Pick<Session, 'role' | 'memberId'>,
): number | undefined {
  if (owner !== undefined) return owner === 'all' ? undefined : owner;
  return role === 'csm' && memberId !== null ? memberId : undefined;
}

export function readPortfolioSearch(raw: Record<string, unknown>): PortfolioSearch {
  return {
    owner: raw.owner === 'all' ? 'all' : whole(raw, 'owner'),
    tier: oneOf(raw, 'tier', tiers),
    period: oneOf({ period: String(raw.period) }, 'period', portfolioPeriods),
  };
}
