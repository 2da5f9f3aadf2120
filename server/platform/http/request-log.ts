import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '#server/platform/log/log.ts';

/** One line a request: the route's pattern instead of the address, as an address may hold whatever a person searched for. */
export function requestLog(log: Logger): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    log.info({ method: c.req.method, route: routePath(c, -1), status: c.res.status, ms }, 'request');
  };
}
