import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '#server/platform/log/log.ts';

/** Calls back for each notification, over a connection of its own that is made anew when it breaks. */
export async function listen(
  databaseUrl: string,
  channel: string,
  onNotification: (payload: string) => void,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'perennial listen' });
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', ({ payload }) => onNotification(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      // What was notified while nobody listened is found by looking.
      onNotification('');
      await ended;
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'listening failed; it is tried again');
    }
    await client.end().catch(() => {});
    if (!signal.aborted) await delay(500, undefined, { signal }).catch(() => {});
  }
}
