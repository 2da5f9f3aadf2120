import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { fileStream } from './file-stream.ts';

/** A CSV file that is sent while it is made: `make` runs in one transaction, hence one snapshot. */
export function csvStream(
  pool: Pool,
  workspaceId: number,
  fileName: string,
  make: (tx: Tx, write: (text: string) => Promise<void>) => Promise<void>,
): Response {
  const encoder = new TextEncoder();
  return fileStream({ name: fileName, type: 'text/csv; charset=utf-8' }, (write) =>
    transaction(pool, workspaceId, (tx) => make(tx, (text) => write(encoder.encode(text)))),
  );
}
