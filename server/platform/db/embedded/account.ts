import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedError } from './error.ts';

const run = promisify(execFile);

/** The operating-system user that the database runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. Returns null when this process is not root; else the owner of the existing
 * `cluster`, the user `perennial` or `postgres`, or a new system user `perennial`. Throws EmbeddedError if none can be had.
 */
export async function chooseAccount(cluster: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(cluster).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await lookUp('perennial')) ?? (await lookUp('postgres')) ?? (await createAccount());
}

async function lookUp(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return uid ? { uid, gid: gid! } : null;
  } catch {
    return null;
  }
}

async function createAccount(): Promise<Account> {
  const reason = await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/bin/false',
    'perennial',
  ])
    .then(() => '')
    .catch((error: Error) => `: ${error.message}`);
  const account = await lookUp('perennial');
  if (account) return account;
  throw new EmbeddedError(
    `The database cannot run as root, and no user could be created for it${reason}. ` +
      'Create a system user named perennial, start as an ordinary user, or set DATABASE_URL.',
  );
}
