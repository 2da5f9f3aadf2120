import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readAccountListSearch, readAccountSearch } from './accounts-search.ts';
import { appRoute } from './root.tsx';

export const accountListRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/accounts',
  validateSearch: readAccountListSearch,
  component: lazyRouteComponent(() => import('#web/routes/accounts.tsx'), 'AccountsPage'),
});
export const accountRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/accounts/$accountId',
  validateSearch: readAccountSearch,
  component: lazyRouteComponent(() => import('#web/routes/account.tsx'), 'AccountPage'),
});
export const accountRoutes = [accountListRoute, accountRoute];
