import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** The address to listen on cannot be used; the message says why and what to do. */
export class ListenError extends Error {
  override name = 'ListenError';
}

export interface Listening {
  port: number;
  /** Takes no new connections, lets requests that run end for up to `patienceMs`, then cuts them off. */
  close(patienceMs?: number): Promise<void>;
}

export async function listen(http: Hono, { port, host }: { port: number; host: string }): Promise<Listening> {
  const server = createAdaptorServer({ fetch: http.fetch, overrideGlobalObjects: false }) as Server;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(explain((error as NodeJS.ErrnoException).code, port, host), { cause: error });
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: async (patienceMs = 5_000) => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function explain(code: string | undefined, port: number, host: string): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken, perhaps by Perennial itself. Stop that program or choose another: npm start -- --port=${port + 1}`;
  }
  if (code === 'EACCES') return `Port ${port} needs more rights. Choose one above 1023: npm start -- --port=4400`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}. Set HOST to one it has.`;
  return `Listening on ${host}:${port} failed (${code}).`;
}
