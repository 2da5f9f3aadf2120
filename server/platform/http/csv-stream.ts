import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';

type Chunk = Uint8Array<ArrayBuffer>;

/** A client that takes nothing for so long would hold a database connection for nothing. */
const patienceMs = 60_000;

/**
 * A CSV file that is sent while it is made: `make` runs in one transaction, hence one snapshot, and waits whenever the
 * client is slower, so memory holds what one `write` was given. A failure cuts the file off, so that nobody takes it for
 * complete.
 */
export function csvStream(
  pool: Pool,
  workspaceId: number,
  fileName: string,
  make: (tx: Tx, write: (text: string) => Promise<void>) => Promise<void>,
): Response {
  const { readable, writable } = new TransformStream<Chunk, Chunk>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const write = async (text: string) => {
    const timer = setTimeout(() => void writer.abort(new Error('the client stopped reading')), patienceMs);
    await writer.write(encoder.encode(text)).finally(() => clearTimeout(timer));
  };
  transaction(pool, workspaceId, (tx) => make(tx, write)).then(
    () => writer.close().catch(() => undefined),
    (error: unknown) => writer.abort(error).catch(() => undefined),
  );
  return new Response(readable, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  });
}
