import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readRiskSearch } from './risks-search.ts';
import { appRoute } from './root.tsx';

export const risksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/risks',
  validateSearch: readRiskSearch,
  component: lazyRouteComponent(() => import('#web/routes/risks.tsx'), 'RisksPage'),
});
export const riskRoutes = [risksRoute];
