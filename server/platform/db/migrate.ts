import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { Logger } from '#server/platform/log/log.ts';
import type { Pool } from './pool.ts';

export interface Migration {
  version: number;
  /** File name, `0001_accounts.sql`. */
  name: string;
  sql: string;
  checksum: string;
}

/** The database and this program do not fit together; the message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

const oldestServerVersion = 150_000;
/** Any constant: starters of the same program must agree on it, others must not use it. */
const advisoryLock = 7_262_019_144;

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** The migrations of a folder in order. Throws MigrationError on a wrong name, a gap or a number used twice. */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
      if (version !== index + 1) {
        throw new MigrationError(`Migration ${name} should be number ${index + 1}, as 0001_what_it_does.sql.`);
      }
      const sql = await readFile(`${folder}/${name}`, 'utf8');
      return { version, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database up to `migrations` (by default those of this program), each in a transaction of its own, and
 * returns the names of those applied now. Starters wait for each other. Throws MigrationError, having changed nothing,
 * when the server is older than PostgreSQL 15, the database is newer than this program, or an applied file was edited.
 */
export async function migrate(pool: Pool, log: Logger, migrations?: Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await readMigrations());
  const client = await pool.connect();
  try {
    await checkServer(client, log);
    await client.query(`select pg_advisory_lock(${advisoryLock})`);
    const pending = await findPending(client, wanted);
    for (const migration of pending) await apply(client, migration, log);
    return pending.map(({ name }) => name);
  } finally {
    // Closing the session gives the lock back, whatever state an error left it in.
    client.release(true);
  }
}

async function checkServer(client: pg.PoolClient, log: Logger): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string; role: string; open: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
            rolname as role, rolsuper or rolbypassrls as open
       from pg_roles where rolname = current_user`,
  );
  const server = rows[0]!;
  if (server.version < oldestServerVersion) {
    throw new MigrationError(`PostgreSQL ${server.name} is too old: version 15 or newer is needed.`);
  }
  if (server.open) {
    log.warn(
      `Database role "${server.role}" is a superuser or bypasses row-level security, so the second fence between ` +
        'workspaces is open. Use a role without these rights that owns the database.',
    );
  }
}

async function findPending(client: pg.PoolClient, wanted: Migration[]): Promise<Migration[]> {
  await client.query(
    `create table if not exists schema_migrations
       (version int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`,
  );
  const { rows: applied } = await client.query<{ version: number; name: string; checksum: string }>(
    'select version, name, checksum from schema_migrations order by version',
  );
  for (const row of applied) {
    const known = wanted[row.version - 1];
    if (!known) {
      throw new MigrationError(
        `The database is newer than this program (it has migration ${row.name}). Start the newer version.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.name} was applied in another form than the file has now. Restore the file, and put the change ` +
          'into a new migration.',
      );
    }
  }
  return wanted.slice(applied.length);
}

async function apply(client: pg.PoolClient, { version, name, sql, checksum }: Migration, log: Logger): Promise<void> {
  const startedAt = performance.now();
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migrations (version, name, checksum) values ($1, $2, $3)', [
      version,
      name,
      checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new MigrationError(`Migration ${name} failed and was rolled back: ${(error as Error).message}`, {
      cause: error,
    });
  }
  log.info({ migration: name, ms: Math.round(performance.now() - startedAt) }, 'migration applied');
}
