import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf, EmbeddedError } from './error.ts';

/** The places inside a data folder. */
export interface Folder {
  root: string;
  /** PostgreSQL's own data; exists only when it was created completely. */
  cluster: string;
  /** The unix socket; emptied at each start. */
  run: string;
  /** PostgreSQL's log. */
  log: string;
  /** Passwords of the two roles. */
  secrets: string;
}

export interface Lock {
  release(): void;
}

/** Creates the data folder if need be. Throws EmbeddedError when it cannot be written. */
export async function openFolder(dataDir: string): Promise<Folder> {
  const root = resolve(dataDir);
  try {
    await mkdir(root, { recursive: true });
    const probe = join(root, `.writable-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
    // As root the database runs as another user, who must be able to pass through.
    if (process.getuid?.() === 0) await chmod(root, (await stat(root)).mode | 0o111);
  } catch (error) {
    throw new EmbeddedError(
      `The data folder ${root} cannot be written (${codeOf(error) ?? error}). ` +
        'Give this user the right to write there, or name another folder with DATA_DIR or --data.',
      { cause: error },
    );
  }
  const at = (name: string) => join(root, name);
  return { root, cluster: at('postgres'), run: at('run'), log: at('postgres.log'), secrets: at('database.json') };
}

/**
 * Takes the folder for this process. The lock is the operating system's (through SQLite, as Node has no call for it), so
 * it ends with the process however that ends, and a recycled process id cannot fool it. Throws EmbeddedError when
 * another process holds it.
 */
export async function lockFolder({ root }: Folder): Promise<Lock> {
  const holder = join(root, 'lock.pid');
  const database = new DatabaseSync(join(root, 'lock'), { timeout: 0 });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    const pid = await readFile(holder, 'utf8').catch(() => '');
    throw new EmbeddedError(
      `The data folder ${root} is in use by another Perennial${pid && ` (process ${pid})`}. ` +
        'Stop that one first, or give this one its own folder with DATA_DIR or --data. Nothing was changed.',
      { cause: error },
    );
  }
  await writeFile(holder, String(process.pid));
  return { release: () => database.close() };
}
