import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readRuleSearch } from '#web/features/risk-rules/search.ts';
import { oneOf, text, whole } from '#web/lib/search-params.ts';
import { appRoute } from './root.tsx';

type Raw = Record<string, unknown>;

export const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('#web/routes/settings.tsx'), 'SettingsLayout'),
});
const page = { getParentRoute: () => settingsRoute };
const basics = () => import('#web/routes/settings/basics.tsx');
const access = () => import('#web/routes/settings/access.tsx');
const meaning = () => import('#web/routes/settings/meaning.tsx');
const scorecards = () => import('#web/routes/settings/scorecards.tsx');
const rules = () => import('#web/routes/settings/risk-rules.tsx');

const directoryRoute = createRoute({
  ...page,
  path: '/',
  component: lazyRouteComponent(() => import('#web/routes/settings.tsx'), 'SettingsDirectory'),
});
const workspaceRoute = createRoute({
  ...page,
  path: '/workspace',
  component: lazyRouteComponent(basics, 'WorkspacePage'),
});
const auditRoute = createRoute({
  ...page,
  path: '/audit',
  validateSearch: (raw: Raw): { kind?: string | undefined } => ({ kind: text(raw, 'kind') }),
  component: lazyRouteComponent(basics, 'AuditPage'),
});
const worksRoute = createRoute({ ...page, path: '/works', component: lazyRouteComponent(basics, 'WorksPage') });

const exportRoute = createRoute({
  ...page,
  path: '/export',
  component: lazyRouteComponent(() => import('#web/routes/settings/export.tsx'), 'ExportPage'),
});

const membersRoute = createRoute({ ...page, path: '/members', component: lazyRouteComponent(access, 'MembersPage') });
const writeKeysRoute = createRoute({
  ...page,
  path: '/write-keys',
  component: lazyRouteComponent(access, 'WriteKeysPage'),
});
const apiKeysRoute = createRoute({ ...page, path: '/api-keys', component: lazyRouteComponent(access, 'ApiKeysPage') });

const featuresRoute = createRoute({
  ...page,
  path: '/features',
  validateSearch: (raw: Raw): { feature?: number | 'new' | undefined; q?: string | undefined } => ({
    feature: raw.feature === 'new' ? 'new' : whole(raw, 'feature'),
    q: text(raw, 'q'),
  }),
  component: lazyRouteComponent(meaning, 'FeaturesPage'),
});
const signalsRoute = createRoute({
  ...page,
  path: '/signals',
  validateSearch: (
    raw: Raw,
  ): {
    signal?: string | undefined;
    edit?: 'new' | 'this' | undefined;
    show?: 'connected' | 'not-connected' | 'custom' | undefined;
  } => ({
    signal: text(raw, 'signal'),
    edit: oneOf(raw, 'edit', ['new', 'this']),
    show: oneOf(raw, 'show', ['connected', 'not-connected', 'custom']),
  }),
  component: lazyRouteComponent(meaning, 'SignalsPage'),
});

const scorecardListRoute = createRoute({
  ...page,
  path: '/scorecards',
  component: lazyRouteComponent(scorecards, 'ScorecardsPage'),
});
const scorecardRoute = createRoute({
  ...page,
  path: '/scorecards/$scorecardId',
  validateSearch: (raw: Raw): { panel?: 'versions' | undefined } => ({ panel: oneOf(raw, 'panel', ['versions']) }),
  component: lazyRouteComponent(scorecards, 'ScorecardPage'),
});
const ruleListRoute = createRoute({
  ...page,
  path: '/risk-rules',
  validateSearch: readRuleSearch,
  component: lazyRouteComponent(rules, 'RiskRulesPage'),
});
const ruleRoute = createRoute({
  ...page,
  path: '/risk-rules/$ruleKey',
  component: lazyRouteComponent(rules, 'RiskRulePage'),
});

export const settingsRoutes = [
  settingsRoute.addChildren([
    directoryRoute,
    workspaceRoute,
    membersRoute,
    auditRoute,
    worksRoute,
    exportRoute,
    writeKeysRoute,
    apiKeysRoute,
    featuresRoute,
    signalsRoute,
    scorecardListRoute,
    scorecardRoute,
    ruleListRoute,
    ruleRoute,
  ]),
];
