import type { Pool } from './pool.ts';

/**
 * Runs `work` unless some process is running work of the same name; null then. The lock is a session's own, so that it
 * ends with its process, however that ends.
 */
export async function exclusively<T>(pool: Pool, name: string, work: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect();
  // The connection may break while the work goes on over others.
  client.on('error', () => undefined);
  try {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1)) as taken', [name]);
    return rows[0].taken ? await work() : null;
  } finally {
    client.release(true);
  }
}
