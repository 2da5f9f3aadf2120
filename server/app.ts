/** The explicit list of modules, and the HTTP app that they make together. */
import { Hono } from 'hono';
import { type Role, roles } from '#server/env.ts';
import { noSuchAddress } from '#server/errors.ts';
import { accountRoutes } from '#server/modules/accounts/index.ts';
import { auditRoutes } from '#server/modules/audit/index.ts';
import { catalogueRoutes } from '#server/modules/catalogue/index.ts';
import { factRoutes } from '#server/modules/facts/index.ts';
import { featureRoutes } from '#server/modules/features/index.ts';
import { findingRoutes } from '#server/modules/findings/index.ts';
import { healthRoutes, seedHealth } from '#server/modules/health/index.ts';
import { createIdentity } from '#server/modules/identity/index.ts';
import { importRoutes } from '#server/modules/imports/index.ts';
import { createIntake } from '#server/modules/intake/index.ts';
import { createHub, liveRoutes } from '#server/modules/live/index.ts';
import { noteRoutes } from '#server/modules/notes/index.ts';
import { peopleRoutes } from '#server/modules/people/index.ts';
import { portfolioRoutes } from '#server/modules/portfolio/index.ts';
import { reconciliationRoutes } from '#server/modules/reconciliation/index.ts';
import { mountReference } from '#server/modules/reference/index.ts';
import { riskRoutes, seedRisk } from '#server/modules/risk/index.ts';
import { searchRoutes } from '#server/modules/search/index.ts';
import { subscriptionRoutes } from '#server/modules/subscriptions/index.ts';
import { timelineRoutes } from '#server/modules/timeline/index.ts';
import { transferRoutes } from '#server/modules/transfer/index.ts';
import { viewRoutes } from '#server/modules/views/index.ts';
import { type Seeder, workspaceRoutes } from '#server/modules/workspace/index.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import { clientAddress } from '#server/platform/http/client-address.ts';
import { mountHealth } from '#server/platform/http/health.ts';
import { createLimiter } from '#server/platform/http/limit.ts';
import { requestLog } from '#server/platform/http/request-log.ts';
import type { Actor, Route } from '#server/platform/http/route.ts';
import { securityHeaders } from '#server/platform/http/security-headers.ts';
import { onError, problemResponse } from '#server/platform/http/send.ts';
import { mount } from '#server/platform/http/serve.ts';
import type { WebFiles } from '#server/platform/http/web-files.ts';
import type { Logger } from '#server/platform/log/log.ts';
import type { Mailer } from '#server/platform/mail/mail.ts';

/** What fills a new workspace. */
export const seeders: readonly Seeder[] = [seedHealth, seedRisk];

export interface AppDeps {
  pool: Pool;
  /** for the connection that listens for live updates */
  databaseUrl: string;
  log: Logger;
  /** folder of files that are being imported */
  uploads: string;
  /** signs session cookies */
  secret: string;
  /** where people reach the product, as in https://cs.example.com; known once the server listens */
  publicOrigin: () => string;
  trustedProxies: number;
  mailer: Mailer | null;
  /** the built web app; null = the API alone */
  web: WebFiles | null;
  /** 'web' answers the API and the pages, 'ingest' takes telemetry; all unless given */
  roles?: readonly Role[];
  /** aborted when the process stops: streams that never end by themselves end then */
  stopping: AbortSignal;
}

export interface App {
  http: Hono;
  routes: readonly Route[];
  authenticate(request: Request): Promise<Actor | null>;
  /** Waits until telemetry that was received is stored and answered. */
  drain(): Promise<void>;
}

/** A person clicking and a program that pages both stay far below it; the answer's headers tell how much is left. */
const requestsPerMinute = 6_000;

export function createApp(deps: AppDeps): App {
  const { pool, log, publicOrigin, stopping, roles: does = roles } = deps;
  const hub = createHub(deps.databaseUrl, log, stopping);
  const intake = createIntake({ pool, hub, log, stopping });
  const identity = createIdentity({ ...deps, seeders });
  const routes: Route[] = [
    ...identity.routes,
    ...workspaceRoutes({ seeders }),
    ...accountRoutes,
    ...peopleRoutes,
    ...subscriptionRoutes,
    ...noteRoutes,
    ...timelineRoutes,
    ...portfolioRoutes,
    ...featureRoutes,
    ...searchRoutes,
    ...catalogueRoutes,
    ...healthRoutes,
    ...riskRoutes,
    ...factRoutes,
    ...findingRoutes,
    ...reconciliationRoutes,
    ...importRoutes(deps.uploads),
    ...intake.routes,
    ...liveRoutes(hub, stopping),
    ...viewRoutes,
    ...auditRoutes,
    ...transferRoutes({ uploads: deps.uploads, forget: identity.forget }),
  ];

  const http = new Hono();
  http.onError(onError(log));
  mountHealth(http, pool);
  http.use('*', securityHeaders(publicOrigin));
  http.use('/api/*', requestLog(log));
  if (does.includes('ingest')) http.route('/', intake.telemetry);
  if (does.includes('web')) {
    mountReference(http, publicOrigin);
    mount(http, routes, {
      pool,
      limiter: createLimiter(requestsPerMinute),
      authenticate: identity.authenticate,
      ipOf: (c) => clientAddress(c, deps.trustedProxies),
      publicOrigin,
    });
  }
  http.notFound(async (c) => {
    const readable = c.req.method === 'GET' || c.req.method === 'HEAD';
    return (readable ? await deps.web?.answer(c.req.raw) : null) ?? problemResponse(noSuchAddress());
  });
  return { http, routes, authenticate: identity.authenticate, drain: intake.drain };
}
