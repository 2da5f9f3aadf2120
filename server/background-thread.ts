/** The thread that background.ts starts: the same loops, over a few connections of their own. */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { BackgroundSettings } from './background.ts';

enableCompileCache();
const { runLoops } = await import('#server/loops.ts');
const { createPool } = await import('#server/platform/db/pool.ts');
const { createLogger } = await import('#server/platform/log/log.ts');

/**
 * Each of the works and workspaces that are looked after at once (workspace/worker.ts, evaluator/scheduler.ts) may hold a
 * lock and a transaction, and so may the import; idle connections are closed after ten seconds.
 */
const mostConnections = 12;

const { roles, url, uploads, logLevel } = workerData as BackgroundSettings;
const stopping = new AbortController();
parentPort!.once('message', () => stopping.abort());
const log = createLogger(logLevel);
const pool = createPool({ url, max: mostConnections, name: 'perennial background' }, log);
await runLoops(roles, { pool, log, url, uploads }, stopping.signal);
await pool.end();
parentPort!.close();
