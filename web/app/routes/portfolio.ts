import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tiers } from '#contracts/accounts.ts';
import { oneOf, whole } from '#web/lib/search-params.ts';
import { appRoute } from './root.tsx';

export const portfolioPeriods = ['30', '90', '365', '730'] as const;

/** Whose accounts, and how far back. */
export interface PortfolioSearch {
  owner?: number | undefined;
  tier?: (typeof tiers)[number] | undefined;
  period?: (typeof portfolioPeriods)[number] | undefined;
}

export const portfolioRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/portfolio',
  validateSearch: (raw: Record<string, unknown>): PortfolioSearch => ({
    owner: whole(raw, 'owner'),
    tier: oneOf(raw, 'tier', tiers),
    period: oneOf({ period: String(raw.period) }, 'period', portfolioPeriods),
  }),
  component: lazyRouteComponent(() => import('#web/routes/portfolio.tsx'), 'PortfolioPage'),
});
export const portfolioRoutes = [portfolioRoute];
