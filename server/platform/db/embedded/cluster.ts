import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { codeOf, EmbeddedError } from './error.ts';
import type { Folder } from './folder.ts';
import { type Launcher, refusal } from './launcher.ts';
import type { Programs } from './programs.ts';

/** Passwords of the superuser `postgres` and of the role `perennial` that the product uses. */
export interface Secrets {
  superuser: string;
  application: string;
}

/** For a machine of 1–4 GB that does other work too. They land in postgresql.conf, where a person may change them. */
const settings = {
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  // pglz costs 20 % of the CPU of an insert, and the shipped binaries have no lz4.
  wal_compression: 'off',
  jit: 'off',
  random_page_cost: '1.1',
  // Statistics of a young database are soon wrong, and plans made from them slow.
  autovacuum_naptime: '10s',
  log_checkpoints: 'off',
  // Statements and details quote customers' data.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Reads the passwords, or makes them where there are none yet. */
export async function readSecrets({ secrets }: Folder): Promise<Secrets> {
  const text = await readFile(secrets, 'utf8').catch((error) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return null;
  });
  if (text !== null) return JSON.parse(text) as Secrets;
  const random = () => randomBytes(24).toString('base64url');
  const made: Secrets = { superuser: random(), application: random() };
  await writeFile(secrets, JSON.stringify(made), { mode: 0o600, flush: true });
  return made;
}

/**
 * Whether the cluster is there and of the right version. Throws EmbeddedError when the folder holds something else, so
 * that nothing which might be data is ever overwritten.
 */
export async function hasCluster({ cluster, secrets }: Folder, { major }: Programs): Promise<boolean> {
  const entries = await readdir(cluster).catch((error) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return [];
  });
  if (entries.length === 0) return false;
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === '') throw new EmbeddedError(`${cluster} holds something that is no database. Move it away.`);
  if (version !== major) {
    throw new EmbeddedError(
      `${cluster} was written by PostgreSQL ${version}, and this version brings ${major}. Start the earlier version of ` +
        'Perennial, export, and import here.',
    );
  }
  await readFile(secrets).catch((error) => {
    throw new EmbeddedError(`${secrets}, with the passwords of the database, cannot be read. Restore it.`, {
      cause: error,
    });
  });
  return true;
}

/**
 * Creates the cluster beside its place and moves it there when it is complete, so that a start which was killed leaves
 * only a folder `setup-…`, in which there cannot be data; such leftovers are removed. Throws EmbeddedError.
 */
export async function createCluster(
  folder: Folder,
  programs: Programs,
  launcher: Launcher,
  account: Account | null,
  { superuser }: Secrets,
  durable: boolean,
): Promise<void> {
  for (const name of await readdir(folder.root)) {
    // An initdb that outlived its parent may still write there; the next start removes what remains.
    if (name.startsWith('setup-')) await rm(join(folder.root, name), { recursive: true }).catch(() => undefined);
  }
  const setup = await mkdtemp(join(folder.root, 'setup-'));
  const passwordFile = join(setup, 'password');
  await writeFile(passwordFile, superuser, { mode: 0o600 });
  if (account) await Promise.all([setup, passwordFile].map((path) => chown(path, account.uid, account.gid)));
  // Sorting by code point in PostgreSQL's own tables: an index stays valid when the system's libraries change. The
  // character classes, which trigram search needs, come from the system; macOS has no C.UTF-8.
  const classes = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  const reason = await refusal(launcher, programs.initdb, [
    ...['-D', join(setup, 'data'), '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', `--lc-ctype=${classes}`],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ...(durable ? [] : ['--no-sync']),
  ]);
  if (reason) throw new EmbeddedError(`The database could not be created in ${folder.root}: ${reason}`);
  await rename(join(setup, 'data'), folder.cluster);
  await rm(setup, { recursive: true });
}
