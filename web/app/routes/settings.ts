import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from './root.tsx';

export const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('#web/routes/settings.tsx'), 'SettingsPage'),
});
export const settingsRoutes = [settingsRoute];
