/** Seconds from the command to an answer that the product is ready: the first time, later, and after kill -9. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKillable } from '../e2e/killable.ts';

export interface StartFigures {
  /** with the database to be made; the web app is built already */
  firstSeconds: number;
  laterSeconds: number;
  afterKillSeconds: number;
}

const everyRole = 'web,ingest,evaluator,worker,scheduler';

export async function benchStart(): Promise<StartFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-start-'));
  const server = await createKillable(folder, { roles: everyRole });
  const start = async () => {
    const startedAt = performance.now();
    await server.start();
    return (performance.now() - startedAt) / 1000;
  };
  try {
    const firstSeconds = await start();
    await server.stop();
    const laterSeconds = await start();
    await server.kill('everything');
    const afterKillSeconds = await start();
    return { firstSeconds, laterSeconds, afterKillSeconds };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}
