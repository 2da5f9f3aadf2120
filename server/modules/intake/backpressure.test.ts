/** A database that is slow or gone: intake says so at once, holds little, and goes on by itself. */
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHub } from '#server/modules/live/index.ts';
import { onError } from '#server/platform/http/send.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createDatabaseProxy, type DatabaseProxy } from '#server/testing/database-proxy.ts';
import { createWorkspace } from '#server/testing/factories.ts';
import { createWriteKey, storedFacts } from '#server/testing/telemetry.ts';
import { createBatcher } from './batcher.ts';
import type { Outcome, Submission } from './flush.ts';
import { createIntake } from './index.ts';
import type { Message } from './read.ts';

const start = Date.now() - 60_000;

describe('with a database that comes and goes', () => {
  const database = testDatabase();
  let proxy: DatabaseProxy;
  beforeAll(async () => {
    proxy = await createDatabaseProxy(database.url);
  });
  afterAll(() => proxy?.close());

  async function intakeOf() {
    const workspaceId = await createWorkspace(database.pool);
    const key = await createWriteKey(database.pool, workspaceId);
    const stopping = new AbortController();
    stopping.abort();
    const log = createLogger('silent');
    const hub = createHub(database.url, log, stopping.signal);
    const intake = createIntake({ pool: proxy.pool, hub, log, stopping: stopping.signal });
    const app = new Hono();
    app.onError(onError(log));
    app.route('/', intake.telemetry);
    const send = (n: number) =>
      app.request('/v1/track', {
        method: 'POST',
        headers: { 'x-write-key': key },
        body: JSON.stringify({ event: `event ${n}`, messageId: `m${n}`, timestamp: start + n, userId: 'u' }),
      });
    const stored = async () => (await storedFacts(database.pool, workspaceId)).events.map((e) => e.name).sort();
    return { send, stored };
  }

  const expectUnavailable = async (response: Response) => {
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await response.json()).toMatchObject({ type: '/docs/errors#unavailable', status: 503 });
  };

  test('connections that break', async () => {
    const { send, stored } = await intakeOf();
    expect((await send(1)).status).toBe(200);
    await proxy.cut();
    const refused = await Promise.all([send(2), send(3)]);
    for (const response of refused) await expectUnavailable(response);
    await proxy.mend();
    expect((await send(2)).status).toBe(200);
    expect(await stored()).toEqual(['event 1', 'event 2']);
  });

  test('a database that does not answer, with a key known and a key not known yet', async () => {
    const known = await intakeOf();
    const unknown = await intakeOf();
    expect((await known.send(1)).status).toBe(200);
    proxy.stall();
    const waiting = [known.send(2), unknown.send(1)];
    for (const response of await Promise.all(waiting)) await expectUnavailable(response);
    await proxy.mend();
    await expect.poll(async () => (await known.send(2)).status, { timeout: 5_000 }).toBe(200);
    await expect.poll(async () => (await unknown.send(1)).status, { timeout: 5_000 }).toBe(200);
    expect(await known.stored()).toEqual(['event 1', 'event 2']);
    expect(await unknown.stored()).toEqual(['event 1']);
  });
});

describe('the queue', () => {
  const submission = (messages: number, bytes: number, workspaceId = 1): Submission => ({
    messages: Array.from({ length: messages }, () => ({}) as Message),
    rejected: [],
    owner: { workspaceId, keyId: 1 },
    source: 'test',
    bytes,
  });

  /** A flush that ends when told to, and notes what it was given. */
  function slowFlush() {
    const calls: number[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const flush = async (_: number, requests: readonly Submission[]): Promise<Outcome[]> => {
      calls.push(requests.reduce((sum, request) => sum + request.messages.length, 0));
      await gate;
      return requests.map((request) => ({ accepted: request.messages.length, rejected: [] }));
    };
    return { flush, calls, open };
  }
  const refused = { status: 503, headers: { 'retry-after': '2' } };

  test.each([
    ['messages', submission(1_000, 1), 40],
    ['bytes', submission(1, 1024 * 1024), 64],
  ])('holds only so many %s, whatever is being stored', async (_, one, most) => {
    const { flush, open } = slowFlush();
    const batcher = createBatcher(flush);
    const taken = Array.from({ length: most }, () => batcher.submit(one));
    await expect(batcher.submit(one)).rejects.toMatchObject(refused);
    open();
    expect(await Promise.all(taken)).toHaveLength(most);
    expect(await batcher.submit(one)).toEqual({ accepted: one.messages.length, rejected: [] });
  });

  test('what nobody waits for any more is not stored', async () => {
    const { flush, calls, open } = slowFlush();
    const batcher = createBatcher(flush, { patience: 50 });
    const first = batcher.submit(submission(2_000, 1));
    const second = batcher.submit(submission(3, 1));
    await expect(first).rejects.toMatchObject(refused);
    await expect(second).rejects.toMatchObject(refused);
    open();
    expect(await batcher.submit(submission(5, 1))).toMatchObject({ accepted: 5 });
    await batcher.drain();
    expect(calls).toEqual([2_000, 5]);
  });

  test('small requests travel together, large piles in chunks, workspaces apart', async () => {
    const { flush, calls, open } = slowFlush();
    open();
    const batcher = createBatcher(flush);
    const small = Array.from({ length: 50 }, () => batcher.submit(submission(10, 1)));
    await Promise.all(small);
    expect(calls).toEqual([500]);
    const large = Array.from({ length: 5 }, () => batcher.submit(submission(1_000, 1)));
    await Promise.all([...large, batcher.submit(submission(7, 1, 2))]);
    expect(calls.slice(1).sort((a, b) => a - b)).toEqual([7, 1_000, 2_000, 2_000]);
  });

  test('a second flush begins beside the first once much waits, a third does not', async () => {
    const { flush, calls, open } = slowFlush();
    const batcher = createBatcher(flush);
    const sent = [batcher.submit(submission(10, 1))];
    await expect.poll(() => calls).toEqual([10]);
    sent.push(batcher.submit(submission(400, 1)));
    expect(calls).toEqual([10]);
    sent.push(batcher.submit(submission(200, 1)), batcher.submit(submission(1_000, 1)));
    expect(calls).toEqual([10, 600]);
    open();
    await Promise.all(sent);
    expect(calls).toEqual([10, 600, 1_000]);
  });

  test('a flush that fails is told to those whose it was', async () => {
    const flush = (workspaceId: number) =>
      workspaceId === 1 ? Promise.reject(new Error('gone')) : Promise.resolve([{ accepted: 1, rejected: [] }]);
    const batcher = createBatcher(flush);
    const [bad, good] = await Promise.allSettled([
      batcher.submit(submission(1, 1, 1)),
      batcher.submit(submission(1, 1, 2)),
    ]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
    await expect(batcher.submit(submission(1, 1, 2))).resolves.toEqual({ accepted: 1, rejected: [] });
  });
});
