/**
 * A program for tests that kill it: starts the embedded database on the folder named, writes one line of JSON,
 * `{ url, adminUrl }` or `{ error }`, and runs until SIGTERM.
 */
import { startEmbedded } from '#server/platform/db/embedded.ts';
import { createLogger } from '#server/platform/log/log.ts';

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
try {
  const { url, adminUrl, stop } = await startEmbedded(process.argv[2] ?? '', createLogger('silent'));
  const forever = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', async () => {
    await stop();
    clearInterval(forever);
  });
  say({ url, adminUrl });
} catch (error) {
  say({ error: (error as Error).message });
}
