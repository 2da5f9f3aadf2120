import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text } from '#web/lib/search-params.ts';
import { rootRoute } from './root.tsx';

const withToken = (raw: Record<string, unknown>) => ({ token: text(raw, 'token') });
const page = () => import('#web/routes/entrance.tsx');

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { next?: string | undefined } => ({ next: text(raw, 'next') }),
  component: lazyRouteComponent(() => import('#web/routes/sign-in.tsx'), 'SignInPage'),
});
export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: withToken,
  component: lazyRouteComponent(page, 'SetupPage'),
});
export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite',
  validateSearch: withToken,
  component: lazyRouteComponent(page, 'InvitePage'),
});
export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  validateSearch: withToken,
  component: lazyRouteComponent(page, 'ResetPage'),
});
export const healthToolRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tools/health-score',
  component: lazyRouteComponent(() => import('#web/routes/health-tool.tsx'), 'HealthToolPage'),
});

export const publicRoutes = [signInRoute, setupRoute, inviteRoute, resetRoute, healthToolRoute];
