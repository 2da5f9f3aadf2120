/** Stands between a pool and its database, to take the database away and give it back. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createPool, type Pool } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';

export interface DatabaseProxy {
  pool: Pool;
  /** Nothing passes any more, in either direction; connections stay. */
  stall(): void;
  /** Connections break and new ones are refused. */
  cut(): Promise<void>;
  /** All is well again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function createDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl.replace('@/', '@socket/'));
  const host = target.searchParams.get('host') ?? target.hostname;
  const port = target.searchParams.get('port') ?? (target.port || '5432');
  const reach = () => (host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port), host));

  const sockets = new Set<Socket>();
  let stalled = false;
  const server = createServer((client) => {
    const upstream = reach();
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from) && to.destroy());
      from.on('data', (bytes) => to.write(bytes));
      if (stalled) from.pause();
    }
  });
  const open = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  await open(0);
  const own = (server.address() as AddressInfo).port;
  const url = new URL(target);
  url.search = '';
  url.host = `127.0.0.1:${own}`;
  const pool = createPool({ url: url.href, max: 5 }, createLogger('silent'));

  const cut = async () => {
    const closed = server.listening ? once(server, 'close') : null;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    pool,
    stall: () => {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    cut,
    mend: async () => {
      stalled = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await open(own);
    },
    close: async () => {
      await cut();
      await pool.end();
    },
  };
}
