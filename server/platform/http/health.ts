import type { Hono } from 'hono';
import type { Pool } from '#server/platform/db/pool.ts';

const databaseTimeoutMs = 2_000;

/** `/healthz`: the process answers. `/readyz`: it can also reach its database, else 503. */
export function mountHealth(app: Hono, pool: Pool): void {
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const ok = await reaches(pool);
    return c.json({ ok }, ok ? 200 : 503);
  });
}

async function reaches(pool: Pool): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), databaseTimeoutMs);
  const asked = pool.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
