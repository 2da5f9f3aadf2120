/** From an event over HTTP to the open screen: the real app, the real evaluator, a real client. */
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '#server/listen.ts';
import { runEvaluator } from '#server/modules/evaluator/index.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { inside } from '#server/testing/factories.ts';
import { type Caller, testServer } from '#server/testing/server.ts';
import { createWriteKey } from '#server/testing/telemetry.ts';
import { createHub } from './hub.ts';
import { eventStream } from './stream.ts';

const database = testDatabase();
const server = testServer(database);
const stopping = new AbortController();
let evaluator: Promise<void>;
beforeAll(() => {
  const deps = { pool: database.pool, databaseUrl: database.url, log: createLogger('error') };
  evaluator = runEvaluator(deps, stopping.signal);
});
afterAll(async () => {
  stopping.abort();
  await evaluator;
});

interface Update {
  event: string;
  data: { accounts?: number[] | null };
}

/** Opens a stream and gives what comes over it, one by one. */
async function open(caller: Caller, path: string, signal: AbortSignal): Promise<AsyncGenerator<Update>> {
  const response = await caller('GET', path, { headers: { accept: 'text/event-stream' } });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return updates(response, signal);
}

async function* updates(response: Response, signal: AbortSignal): AsyncGenerator<Update> {
  let text = '';
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener('abort', () => void reader.cancel());
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const part of parts) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
      if (event) yield { event, data: JSON.parse(data!) };
    }
  }
}

async function workspace(name: string) {
  const { id, as } = await server.newWorkspace(name);
  const key = await createWriteKey(database.pool, id);
  const send = (messages: object[]) =>
    fetch(`${server.origin}/v1/batch`, {
      method: 'POST',
      headers: { 'x-write-key': key },
      body: JSON.stringify({ batch: messages }),
    });
  const users = () =>
    inside(database.pool, id, (tx) =>
      tx.many<{ account_id: number; active_users: number | null }>({
        text: 'select account_id, active_users from account_states where workspace_id = $1',
        values: [id],
      }),
    );
  return { id, as, send, users };
}

test('an event changes the account on the open screen', async () => {
  const own = await workspace('Own');
  const other = await workspace('Other');
  const closing = new AbortController();
  const live = await open(own.as.viewer, '/live', closing.signal);
  const elsewhere = await open(other.as.viewer, '/live', closing.signal);
  const foreign: Update[] = [];
  void (async () => {
    for await (const update of elsewhere) foreign.push(update);
  })();
  await own.send([{ type: 'group', groupId: 'a', userId: 'u1' }]);
  const made = await live.next();
  expect(made.value).toMatchObject({ event: 'accounts', data: { accounts: [expect.any(Number)] } });
  const sentAt = performance.now();
  await own.send(['u1', 'u2'].map((userId) => ({ type: 'track', event: 'x', userId, context: { groupId: 'a' } })));
  // Placing the second user and counting the events may be told together or one after the other.
  for (let active: number | null | undefined; active !== 2; ) {
    expect((await live.next()).value.data.accounts).toEqual(made.value.data.accounts);
    active = (await own.users())[0]?.active_users;
  }
  // A bound against hanging; how long it takes is measured by the benchmark.
  expect(performance.now() - sentAt).toBeLessThan(10_000);
  await other.send([{ type: 'group', groupId: 'a' }]);
  await expect.poll(() => foreign.length, { timeout: 5_000 }).toBeGreaterThan(0);
  const theirs = new Set((await other.users()).map((row) => row.account_id));
  expect(foreign.flatMap((update) => update.data.accounts ?? []).every((id) => theirs.has(id))).toBe(true);
  closing.abort();
});

test('the debug stream shows telemetry as it arrives, the live stream does not', async () => {
  const { as, send } = await workspace('Debug');
  const closing = new AbortController();
  const debug = await open(as.ops, '/intake/stream', closing.signal);
  await send([{ type: 'track', event: 'Report exported', userId: 'u', properties: { n: 1 } }]);
  expect((await debug.next()).value).toMatchObject({
    event: 'event',
    data: { kind: 'track', name: 'Report exported', user: 'u', properties: { n: 1 } },
  });
  closing.abort();
});

test('nobody without a session listens', async () => {
  expect((await server.nobody('GET', '/live')).status).toBe(401);
  expect((await server.nobody('GET', '/intake/stream')).status).toBe(401);
});

test('a client that leaves a real connection leaves nothing behind', async () => {
  const hub = createHub(database.url, createLogger('error'), stopping.signal);
  const app = new Hono();
  app.get('/', (c) =>
    eventStream((send) => hub.subscribe(1, ({ kind, ...data }) => send(kind, data)), {
      request: c.req.raw.signal,
      stopping: stopping.signal,
    }),
  );
  const listening = await listen(app, { port: 0, host: '127.0.0.1' });
  const closing = new AbortController();
  const responses = await Promise.all(
    Array.from({ length: 3 }, () => fetch(`http://127.0.0.1:${listening.port}`, { signal: closing.signal })),
  );
  hub.publish({ workspaceId: 1, kind: 'accounts', accounts: [1] });
  const first = await updates(responses[0]!, new AbortController().signal).next();
  expect([first.value, hub.hasSubscribers(1)]).toMatchObject([{ data: { accounts: [1] } }, true]);
  closing.abort();
  await expect.poll(() => hub.hasSubscribers(1), { timeout: 5_000 }).toBe(false);
  await listening.close(100);
});

test('a client that does not read is let go before memory grows', async () => {
  let send: ((event: string, data: unknown) => void) | null = null;
  let ended = 0;
  const signals = { request: new AbortController().signal, stopping: new AbortController().signal };
  eventStream((given) => {
    send = given;
    return () => ended++;
  }, signals);
  for (let i = 0; i < 600; i++) send!('accounts', { accounts: [i] });
  expect(ended).toBe(1);
});
