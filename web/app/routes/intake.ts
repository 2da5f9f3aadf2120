import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, text, whole } from '#web/lib/search-params.ts';
import { appRoute } from './root.tsx';

type Raw = Record<string, unknown>;
const page = () => import('#web/routes/intake.tsx');
const importPage = () => import('#web/routes/imports.tsx');

export interface ReconciliationSearch {
  field?: string | undefined;
  /** two sources, as "crm/billing" */
  pair?: string | undefined;
  settled?: 'true' | undefined;
  /** the field whose order of sources is open in the panel; '*' = the general one */
  order?: string | undefined;
}

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
const reconciliationRoute = createRoute({
  ...tab,
  path: '/reconciliation',
  validateSearch: (raw: Raw): ReconciliationSearch => ({
    field: text(raw, 'field'),
    pair: text(raw, 'pair'),
    settled: text(raw, 'settled') === 'true' || raw.settled === true ? 'true' : undefined,
    order: text(raw, 'order'),
  }),
  component: lazyRouteComponent(page, 'ReconciliationPage'),
});
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
    reconciliationRoute,
    mergesRoute,
    importRoute,
    oneImportRoute,
  ]),
];
