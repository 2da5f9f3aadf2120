/** A response that goes on: server-sent events until the client leaves or the process stops. */

const beatMs = 15_000;
/** A client that reads slower than this many messages behind is let go; it comes back and asks anew. */
const mostBuffered = 500;

/**
 * @param subscribe is given a function that sends one event; returns what ends the subscription
 */
export function eventStream(
  subscribe: (send: (event: string, data: unknown) => void) => () => void,
  signals: { request: AbortSignal; stopping: AbortSignal },
): Response {
  const encoder = new TextEncoder();
  const ended = new AbortController();
  let cancelled = false;
  let end: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => {
          if ((controller.desiredSize ?? 0) < -mostBuffered) end();
          else controller.enqueue(encoder.encode(text));
        };
        const beat = setInterval(() => write(': still here\n\n'), beatMs);
        const unsubscribe = subscribe((event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
        end = () => {
          end = () => undefined;
          ended.abort();
          clearInterval(beat);
          unsubscribe();
          // One that the client cancelled is closed already.
          if (!cancelled) controller.close();
        };
        // The process outlives its streams: what listens to its end must go when a stream does.
        for (const signal of [signals.request, signals.stopping])
          signal.addEventListener('abort', () => end(), { once: true, signal: ended.signal });
        write('retry: 1000\n\n');
      },
      cancel: () => {
        cancelled = true;
        end();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
