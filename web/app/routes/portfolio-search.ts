import { tiers } from '#contracts/accounts.ts';
import { oneOf, whole } from '#web/lib/search-params.ts';

export const portfolioPeriods = ['30', '90', '365', '730'] as const;

/** Whose accounts, and how far back. */
export interface PortfolioSearch {
  owner?: number | undefined;
  tier?: (typeof tiers)[number] | undefined;
  period?: (typeof portfolioPeriods)[number] | undefined;
}

export function readPortfolioSearch(raw: Record<string, unknown>): PortfolioSearch {
  return {
    owner: whole(raw, 'owner'),
    tier: oneOf(raw, 'tier', tiers),
    period: oneOf({ period: String(raw.period) }, 'period', portfolioPeriods),
  };
}
