import { type Pool, snapshot, type Tx } from '#server/platform/db/pool.ts';
import { fileStream, patienceMs } from './file-stream.ts';

/**
 * A CSV file that is sent while it is made. `make` only reads, all of it from one moment, and runs once: what was sent
 * cannot be taken back.
 */
export function csvStream(
  pool: Pool,
  workspaceId: number,
  fileName: string,
  make: (tx: Tx, write: (text: string) => Promise<void>) => Promise<void>,
): Response {
  const encoder = new TextEncoder();
  return fileStream({ name: fileName, type: 'text/csv; charset=utf-8' }, (write) =>
    snapshot(pool, workspaceId, (2 * patienceMs) / 1000, (tx) => make(tx, (text) => write(encoder.encode(text)))),
  );
}
