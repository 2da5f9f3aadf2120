import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { queryClient } from '#web/lib/query.ts';
import { isSignedIn, sessionQuery } from '#web/lib/session.ts';
import { NotFoundPage, PageError } from '../errors.tsx';

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: PageError,
});

/** Everything behind the sign-in, drawn inside the shell. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: lazyRouteComponent(() => import('../shell.tsx'), 'Shell'),
  errorComponent: PageError,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!isSignedIn(session)) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
});
