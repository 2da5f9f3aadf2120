type Chunk = Uint8Array<ArrayBuffer>;

/** A client that takes nothing for so long would hold a database connection for nothing. */
export const patienceMs = 60_000;

export interface FileStream {
  name: string;
  type: string;
}

/**
 * A file that is sent while it is made: `write` waits whenever the client is slower, so memory holds what one `write` was
 * given. A failure cuts the file off, so that nobody takes it for complete.
 */
export function fileStream(
  { name, type }: FileStream,
  make: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
): Response {
  const { readable, writable } = new TransformStream<Chunk, Chunk>();
  const writer = writable.getWriter();
  const write = async (chunk: Uint8Array) => {
    const timer = setTimeout(() => void writer.abort(new Error('the client stopped reading')), patienceMs);
    await writer.write(chunk as Chunk).finally(() => clearTimeout(timer));
  };
  make(write).then(
    () => writer.close().catch(() => undefined),
    (error: unknown) => writer.abort(error).catch(() => undefined),
  );
  return new Response(readable, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}
