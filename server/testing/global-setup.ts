import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '#server/platform/db/embedded.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { createPool } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the superuser, and of the role of the product; each to a database of its own. */
    databases: { adminUrl: string; url: string };
  }
}

/** Starts one PostgreSQL for the whole run and migrates the template from which each test file's database is cloned. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-test-'));
  const log = createLogger('error');
  const { adminUrl, url, stop } = await startEmbedded(folder, log, { durable: false });
  const pool = createPool({ url, max: 1 }, log);
  await migrate(pool, log);
  await pool.end();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('alter database perennial with is_template true allow_connections false');
  await admin.end();
  project.provide('databases', { adminUrl, url });
  return async () => {
    await stop();
    await rm(folder, { recursive: true });
  };
}
