import type { Logger } from '#server/platform/log/log.ts';
import { findRunning, startEmbedded } from './embedded.ts';
import { createPool, type Pool } from './pool.ts';

export interface Database {
  pool: Pool;
  url: string;
  /** Closes the pool, and stops the database if it is the embedded one. */
  close(): Promise<void>;
}

/**
 * Opens the PostgreSQL at `databaseUrl`, or the embedded one in `dataDir` when there is none. Throws EmbeddedError when
 * the latter cannot start. Nothing is migrated yet.
 */
export async function openDatabase(
  { databaseUrl, dataDir, databasePool }: { databaseUrl: string | null; dataDir: string; databasePool: number },
  log: Logger,
): Promise<Database> {
  const embedded = databaseUrl === null ? await startEmbedded(dataDir, log) : null;
  const url = databaseUrl ?? embedded!.url;
  const pool = createPool({ url, max: databasePool }, log);
  return {
    pool,
    url,
    close: async () => {
      await pool.end();
      await embedded?.stop();
    },
  };
}

/** As `openDatabase`, but where a server runs on `dataDir` already, its embedded database is used and left running. */
export async function openBeside(settings: Parameters<typeof openDatabase>[0], log: Logger): Promise<Database> {
  const running = settings.databaseUrl === null ? await findRunning(settings.dataDir) : null;
  return openDatabase({ ...settings, databaseUrl: settings.databaseUrl ?? running }, log);
}
