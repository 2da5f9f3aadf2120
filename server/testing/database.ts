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

/** What several test files start from: filled by the first of a run that needs it, cloned by all. */
export interface Prepared {
  /** letters and underscores */
  name: string;
  fill(pool: Pool): Promise<void>;
}

/**
 * A migrated database for one test file, cloned from the template before its first test and dropped after its last; empty
 * unless it is `prepared`. Call it at the top of the file or of a `describe`; its members may be used inside hooks and
 * tests only.
 */
export function testDatabase(prepared?: Prepared): TestDatabase {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const cloneUrl = urlOf(name);
  let pool: Pool | null = null;
  beforeAll(async () => {
    if (prepared) await prepare(prepared);
    await asAdmin(`create database ${name} template ${prepared?.name ?? 'perennial'} owner perennial`);
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

function urlOf(name: string): string {
  const url = new URL(inject('databases').url.replace('@/', '@socket/'));
  url.pathname = `/${name}`;
  return url.href.replace('@socket/', '@/');
}

async function prepare({ name, fill }: Prepared): Promise<void> {
  await oneAtATime(name, async (admin) => {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const draft = `${name}_draft`;
    await admin.query(`drop database if exists ${draft} with (force)`);
    await admin.query(`create database ${draft} template perennial owner perennial`);
    const pool = createPool({ url: urlOf(draft), max: 10 }, createLogger('error'));
    await fill(pool).finally(() => pool.end());
    await admin.query(`alter database ${draft} rename to ${name}`);
  });
}

/** Test files run side by side: the others wait while one does `work`. */
export function oneAtATime<T>(name: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  return withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
    return work(admin);
  });
}

const asAdmin = (statement: string) => withAdmin((admin) => admin.query(statement));

async function withAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: inject('databases').adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
