import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFoundPage, PageError } from './errors.tsx';
import { accountRoutes } from './routes/accounts.ts';
import { intakeRoutes } from './routes/intake.ts';
import { portfolioRoutes } from './routes/portfolio.ts';
import { publicRoutes } from './routes/public.ts';
import { riskRoutes } from './routes/risks.ts';
import { appRoute, rootRoute } from './routes/root.tsx';
import { settingsRoutes } from './routes/settings.ts';

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/portfolio' });
  },
});

/** Every part of the design system on one page, for looking at it; not in the built app. */
const galleryRoutes = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => rootRoute,
        path: '/ui',
        component: lazyRouteComponent(() => import('#web/routes/gallery.tsx'), 'GalleryPage'),
      }),
    ]
  : [];

const routeTree = rootRoute.addChildren([
  indexRoute,
  ...publicRoutes,
  ...galleryRoutes,
  appRoute.addChildren([...portfolioRoutes, ...accountRoutes, ...riskRoutes, ...intakeRoutes, ...settingsRoutes]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: PageError,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
