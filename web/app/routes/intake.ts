import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from './root.tsx';

export const intakeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/intake',
  component: lazyRouteComponent(() => import('#web/routes/intake.tsx'), 'IntakePage'),
});
export const intakeRoutes = [intakeRoute];
