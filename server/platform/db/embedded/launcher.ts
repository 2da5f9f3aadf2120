import { execFile, type SpawnOptions } from 'node:child_process';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { EmbeddedError } from './error.ts';
import type { Folder } from './folder.ts';

const run = promisify(execFile);

/** Turns a program and its arguments into those of `spawn` under the database's user. */
export type Launcher = (file: string, args: string[]) => [file: string, args: string[], options: SpawnOptions];

/**
 * Root may keep the project where other users cannot go (/root is 0700). The database's user then gets one right beyond
 * its own: to pass through directories and read, which is less than what this process has. Docker grants only the
 * wider one of the two.
 */
const capabilities = ['dac_read_search', 'dac_override'];

/** The launcher with the fewest rights that reaches the data folder. Throws EmbeddedError when none does. */
export async function chooseLauncher(folder: Folder, account: Account | null): Promise<Launcher> {
  if (!account) return plain(null);
  for (const launcher of [plain(account), ...capabilities.map((capability) => privileged(account, capability))]) {
    if (!(await refusal(launcher, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder.root]))) return launcher;
  }
  throw new EmbeddedError(
    `The database cannot run as root, and its own user (id ${account.uid}) cannot reach ${folder.root}. ` +
      'Name a folder that others can pass through with DATA_DIR or --data, for example /var/lib/perennial.',
  );
}

/** Why a short program fails under `launcher`, or null when it succeeds. */
export async function refusal(launcher: Launcher, file: string, args: string[]): Promise<string | null> {
  const [command, commandArgs, { cwd, env, uid, gid }] = launcher(file, args);
  return run(command, commandArgs, { cwd, env, uid, gid, timeout: 30_000 }).then(
    () => null,
    (error: Error & { stderr?: string }) => error.stderr?.trim() || error.message,
  );
}

/** A short environment: PGDATA, PGPORT or LD_LIBRARY_PATH of the person's shell must not leak in. */
const surroundings = () => ({ cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } });

function plain(account: Account | null): Launcher {
  return (file, args) => [file, args, { ...surroundings(), ...account }];
}

function privileged({ uid, gid }: Account, capability: string): Launcher {
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  // Without that bit access(2), with which PostgreSQL checks its own programs, ignores capabilities.
  const rights = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, '--securebits=+no_setuid_fixup'];
  return (file, args) => ['setpriv', [...identity, ...rights, file, ...args], surroundings()];
}
