import type { Logger } from '#server/platform/log/log.ts';
import { startEmbedded } from './embedded.ts';
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
