import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { createPool, type Pool } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';

export interface TestDatabase {
  /** As the role of the product. Ended after the file. */
  readonly pool: Pool;
  readonly url: string;
}

/**
 * A migrated, empty database for one test file, cloned from the template before its first test and dropped after its
 * last. Call it at the top of the file or of a `describe`; its members may be used inside hooks and tests only.
 */
export function testDatabase(): TestDatabase {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(inject('databases').url.replace('@/', '@socket/'));
  url.pathname = `/${name}`;
  const cloneUrl = url.href.replace('@socket/', '@/');
  let pool: Pool | null = null;
  beforeAll(async () => {
    await asAdmin(`create database ${name} template perennial owner perennial`);
    pool = createPool({ url: cloneUrl, max: 10 }, createLogger('error'));
  });
  afterAll(async () => {
    await pool?.end();
    await asAdmin(`drop database if exists ${name} with (force)`);
  });
  return {
    url: cloneUrl,
    get pool() {
      if (!pool) throw new Error('the test database exists inside hooks and tests only');
      return pool;
    },
  };
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databases').adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
