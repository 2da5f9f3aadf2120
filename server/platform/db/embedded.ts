import pg from 'pg';
import type { Logger } from '#server/platform/log/log.ts';
import { chooseAccount } from './embedded/account.ts';
import { createCluster, hasCluster, readSecrets, type Secrets } from './embedded/cluster.ts';
import { EmbeddedError } from './embedded/error.ts';
import { lockFolder, openFolder } from './embedded/folder.ts';
import { chooseLauncher } from './embedded/launcher.ts';
import { stopOrphans } from './embedded/orphans.ts';
import { findPrograms } from './embedded/programs.ts';
import {
  type Address,
  chooseAddress,
  readAddress,
  type ServerPlan,
  startServer,
  stopServer,
} from './embedded/server.ts';

export interface EmbeddedDatabase {
  /** As the role `perennial`, which owns the database `perennial` and is bound by row-level security. */
  url: string;
  /** As the superuser, to the database `postgres`. */
  adminUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of our own on `dataDir`, creating it the first time, and keeps it running until `stop`. One
 * process at a time may do so; what an earlier one left behind when it was killed is cleaned up. Throws EmbeddedError,
 * with a message for the person at the terminal, when it cannot.
 */
export async function startEmbedded(
  dataDir: string,
  log: Logger,
  { durable = true }: { durable?: boolean } = {},
): Promise<EmbeddedDatabase> {
  const folder = await openFolder(dataDir);
  const lock = await lockFolder(folder);
  try {
    const account = await chooseAccount(folder.cluster);
    const launcher = await chooseLauncher(folder, account);
    const programs = await findPrograms(folder, launcher);
    const exists = await hasCluster(folder, programs);
    const secrets = await readSecrets(folder);
    if (exists) await stopOrphans(folder, log);
    else {
      log.info({ folder: folder.root }, 'creating the database');
      await createCluster(folder, programs, launcher, account, secrets, durable);
    }
    const address = await chooseAddress(folder);
    const plan: ServerPlan = { folder, programs, launcher, account, address, durable };
    const server = await supervise(plan, log);
    await prepareDatabase(address, secrets).catch(async (error) => {
      await server.stop();
      throw error;
    });
    return {
      url: urlOf(address, 'perennial', secrets.application, 'perennial'),
      adminUrl: urlOf(address, 'postgres', secrets.superuser, 'postgres'),
      stop: () => server.stop().finally(lock.release),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * The address of the embedded database that another process runs on `dataDir`, as the role `perennial`; null when none
 * does. For a command beside the server: it never starts or stops anything.
 */
export async function findRunning(dataDir: string): Promise<string | null> {
  const folder = await openFolder(dataDir);
  const lock = await lockFolder(folder).catch((error: unknown) => {
    if (error instanceof EmbeddedError) return null;
    throw error;
  });
  if (lock) {
    lock.release();
    return null;
  }
  const address = await readAddress(folder);
  if (address === null) return null;
  const { application } = await readSecrets(folder);
  return urlOf(address, 'perennial', application, 'perennial');
}

/** Starts the server, and again at the same address whenever it ends unasked (out of memory, a stray signal). */
async function supervise(plan: ServerPlan, log: Logger): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let running = start();
  function start() {
    return startServer(plan, log).then((child) => {
      child.once('exit', (code, signal) => {
        if (stopping) return;
        log.error({ code, signal }, 'the database ended unexpectedly and is started again');
        running = stopOrphans(plan.folder, log).then(start);
        running.catch((err: unknown) => log.fatal({ err }, 'the database could not be started again'));
      });
      return child;
    });
  }
  await running;
  return {
    stop: async () => {
      stopping = true;
      const child = await running.catch(() => null);
      if (child) await stopServer(child);
    },
  };
}

/** Creates what is missing of role, database and extension; each start makes sure of it, as the last may have been cut off. */
async function prepareDatabase(address: Address, { superuser, application }: Secrets): Promise<void> {
  const password = pg.escapeLiteral(application);
  await asSuperuser(address, superuser, 'postgres', async (client) => {
    const exists = async (sql: string) => ((await client.query(sql)).rowCount ?? 0) > 0;
    if (!(await exists("select from pg_roles where rolname = 'perennial'"))) {
      // Row-level security binds it, as it is neither superuser nor BYPASSRLS.
      await client.query(`create role perennial login nosuperuser nobypassrls password ${password}`);
    }
    if (!(await exists("select from pg_database where datname = 'perennial'"))) {
      await client.query('create database perennial owner perennial');
    }
  });
  await asSuperuser(address, superuser, 'perennial', (client) =>
    client.query('create extension if not exists pg_trgm'),
  );
}

async function asSuperuser(
  address: Address,
  password: string,
  database: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(address, 'postgres', password, database) });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The form that libpq and node-postgres both read for a socket: the folder as a parameter. */
function urlOf({ host, port }: Address, user: string, password: string, database: string): string {
  const where = host.startsWith('/')
    ? `/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `${host}:${port}/${database}`;
  return `postgres://${user}:${password}@${where}`;
}
