import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, text, whole } from '#web/lib/search-params.ts';
import { appRoute } from './root.tsx';

type Raw = Record<string, unknown>;
const page = () => import('#web/routes/intake.tsx');
const importPage = () => import('#web/routes/imports.tsx');

export const intakeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/intake',
  component: lazyRouteComponent(page, 'IntakeLayout'),
});
const tab = { getParentRoute: () => intakeRoute };

const sourcesRoute = createRoute({
  ...tab,
  path: '/',
  validateSearch: (raw: Raw): { panel?: 'connect' | undefined } => ({ panel: oneOf(raw, 'panel', ['connect']) }),
  component: lazyRouteComponent(page, 'SourcesPage'),
});
const liveRoute = createRoute({
  ...tab,
  path: '/live',
  validateSearch: (raw: Raw): { q?: string | undefined } => ({ q: text(raw, 'q') }),
  component: lazyRouteComponent(page, 'LiveEventsPage'),
});
const setAsideRoute = createRoute({
  ...tab,
  path: '/set-aside',
  validateSearch: (raw: Raw): { event?: number | undefined } => ({ event: whole(raw, 'event') }),
  component: lazyRouteComponent(page, 'SetAsidePage'),
});
const unmatchedRoute = createRoute({
  ...tab,
  path: '/unmatched',
  component: lazyRouteComponent(page, 'UnmatchedPage'),
});
const findingsRoute = createRoute({ ...tab, path: '/findings', component: lazyRouteComponent(page, 'FindingsPage') });
const mergesRoute = createRoute({ ...tab, path: '/merges', component: lazyRouteComponent(page, 'MergesPage') });
const importRoute = createRoute({ ...tab, path: '/import', component: lazyRouteComponent(importPage, 'ImportPage') });
const oneImportRoute = createRoute({
  ...tab,
  path: '/imports/$importId',
  component: lazyRouteComponent(importPage, 'OneImportPage'),
});

export const intakeRoutes = [
  intakeRoute.addChildren([
    sourcesRoute,
    liveRoute,
    setAsideRoute,
    unmatchedRoute,
    findingsRoute,
    mergesRoute,
    importRoute,
    oneImportRoute,
  ]),
];
