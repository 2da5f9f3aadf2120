import { access } from 'node:fs/promises';
import { readEnv } from '#server/env.ts';
import { createResetLink } from '#server/modules/identity/index.ts';
import {
  findUnused,
  hasWorkspaces,
  isFaultOfFile,
  type Restored,
  restoreFile,
} from '#server/modules/transfer/index.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { openBeside } from '#server/platform/db/open.ts';
import { type Pool, system } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { type Command, CommandError, readArgs } from '../command.ts';
import { originOf } from '../server.ts';

/** For a new installation. Whoever can reach the database may do this: it asks for no key. */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'perennial restore <file.zip> [--data <folder>]',
  summary:
    'Makes a workspace out of an export, in an installation that is empty. Works beside the server and without it.',
  help: `It reads the same settings as the server (DATABASE_URL, DATA_DIR, PUBLIC_URL, PORT). An empty workspace is replaced, and its
administrators stay; one that holds data is never touched. Nothing is stored unless all of the file is. Passwords are not in
an export: a link is printed for each administrator who has none here.`,
  async run(args) {
    const { values, positionals } = readArgs(args, { data: { type: 'string' } });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new CommandError(`One file: ${restoreCommand.usage}`, 2);
    await access(path).catch((error: Error) => {
      throw new CommandError(`The file cannot be read: ${error.message}`, 2);
    });
    const env = readEnv(values.data === undefined ? [] : [`--data=${values.data}`], process.env);
    const log = createLogger('error');
    const database = await openBeside(env, log).catch((error: Error) => {
      throw new CommandError(error.message);
    });
    try {
      await migrate(database.pool, log);
      const restored = await restore(database.pool, path);
      process.stdout.write(`${restored.name}: ${restored.rows} rows restored.\n`);
      await printLinks(database.pool, originOf(env), restored);
      return 0;
    } finally {
      await database.close();
    }
  },
};

async function restore(pool: Pool, path: string): Promise<Restored> {
  const replaces = await system(pool, findUnused);
  if (replaces === null && (await system(pool, hasWorkspaces))) {
    throw new CommandError('This installation holds data already. An export is restored into an empty one.');
  }
  const { isTTY } = process.stderr;
  let told = 0;
  const onProgress = (rows: number, all: number) => {
    if (!isTTY || performance.now() - told < 200) return;
    told = performance.now();
    process.stderr.write(`\r${rows} of ${all} rows (${Math.floor((100 * rows) / all)} %)   `);
  };
  try {
    return await restoreFile(pool, path, {
      replaces,
      by: { kind: 'cli', id: null, name: 'perennial restore' },
      onProgress,
    });
  } catch (error) {
    if (isFaultOfFile(error)) throw new CommandError(`${error.message}\nNothing was stored.`);
    throw error;
  } finally {
    if (isTTY) process.stderr.write('\r\x1b[K');
  }
}

/** For administrators; everybody else is let in by them, or asks for a mail. */
async function printLinks(pool: Pool, origin: string, { withoutPassword }: Restored): Promise<void> {
  for (const { name, email, isAdministrator } of withoutPassword) {
    if (!isAdministrator) continue;
    const link = await createResetLink(pool, origin, email);
    process.stdout.write(`${name} sets a password within 2 hours: ${link}\n`);
  }
  const others = withoutPassword.filter(({ isAdministrator }) => !isAdministrator).length;
  if (others > 0) {
    process.stdout.write(`${others} more need a new password: under Settings, Members, or “Forgot password?”.\n`);
  }
}
