import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from './root.tsx';

/** All of the documentation; without a page, what there is. */
export const helpRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/help/$',
  component: lazyRouteComponent(() => import('#web/routes/help.tsx'), 'HelpPage'),
});
