import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readPortfolioSearch } from './portfolio-search.ts';
import { appRoute } from './root.tsx';

export const portfolioRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/portfolio',
  validateSearch: readPortfolioSearch,
  component: lazyRouteComponent(() => import('#web/routes/portfolio.tsx'), 'PortfolioPage'),
});
export const portfolioRoutes = [portfolioRoute];
