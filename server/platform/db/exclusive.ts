import type { Pool } from './pool.ts';

/**
 * Runs `work` unless some process is running work of the same name; null then. The lock is a session's own, so that it
 * ends with its process, however that ends.
 */
export async function exclusively<T>(pool: Pool, name: string, work: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The connection may break while the work goes on over others.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtext($1)) as taken', [name]);
    if (!rows[0].taken) return null;
    try {
      return await work();
    } finally {
      // Said, and not left to the end of the connection, which the database notices only some time later.
      await client.query('select pg_advisory_unlock(hashtext($1))', [name]).catch(onError);
    }
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
