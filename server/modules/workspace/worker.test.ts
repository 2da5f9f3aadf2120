import sql from 'sql-template-tag';
import { beforeEach, expect, test } from 'vitest';
import { system, transaction } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createWorkspace, queueWork, runWorker, type WorkHandler } from './index.ts';
import { claimWork, reportProgress } from './works.ts';

const database = testDatabase();
const log = createLogger('silent');
let workspaceId = 0;

beforeEach(async () => {
  const wanted = { name: 'W', timeZone: 'UTC', currency: 'USD', isDemo: false, administrators: [] };
  workspaceId = await system(database.pool, (tx) => createWorkspace(tx, wanted, []));
});

const queue = (kind: string, detail = {}) =>
  transaction(database.pool, workspaceId, (tx) => queueWork(tx, workspaceId, kind, kind, detail));
const read = (id: number) =>
  transaction(database.pool, workspaceId, (tx) =>
    tx.one<{ status: string; done: number; total: number | null; error: string | null; attempts: number }>(
      sql`select status, done, total, error, attempts from long_works where id = ${id}`,
    ),
  );
const expire = (id: number) =>
  transaction(database.pool, workspaceId, (tx) =>
    tx.run(sql`update long_works set leased_until = now() - interval '1 s' where id = ${id}`),
  );

/** Runs the worker with these handlers until `done` holds. */
async function runUntil(handlers: WorkHandler[], done: () => Promise<boolean> | boolean): Promise<void> {
  const stop = new AbortController();
  const running = runWorker({ pool: database.pool, log, url: database.url, handlers }, stop.signal);
  await expect.poll(done, { timeout: 10_000, interval: 20 }).toBe(true);
  stop.abort();
  await running;
}

test('the same work is queued once while it waits', async () => {
  expect(await queue('same', { a: 1 })).toBe(await queue('same', { a: 1 }));
  expect(await queue('same', { a: 2 })).not.toBe(await queue('same', { a: 1 }));
});

test('a work queued while the worker sleeps is done soon, and its progress is kept', async () => {
  const handler: WorkHandler = {
    kind: 'soon',
    run: async ({ progress, detail }) => {
      expect(detail).toEqual({ size: 7 });
      await progress(7, 7);
    },
  };
  let id = 0;
  await runUntil([handler], async () => {
    id ||= await queue('soon', { size: 7 });
    return (await read(id)).status === 'done';
  });
  expect(await read(id)).toMatchObject({ done: 7, total: 7, error: null, attempts: 1 });
});

test('works are announced: the second is not found by the slow poll', async () => {
  const startedAt = performance.now();
  const ids: number[] = [];
  const handler: WorkHandler = {
    kind: 'chain',
    run: async ({ detail }) => {
      if (detail.step === 1) ids.push(await queue('chain', { step: 2 }));
    },
  };
  await runUntil([handler], async () => {
    if (ids.length === 0) await queue('chain', { step: 1 });
    return ids.length > 0 && (await read(ids[0]!)).status === 'done';
  });
  expect(performance.now() - startedAt).toBeLessThan(4_000);
});

test('a work that throws is failed with a reason, and the next one goes on', async () => {
  const bad = await queue('throws');
  const good = await queue('works');
  const handlers: WorkHandler[] = [
    { kind: 'throws', run: () => Promise.reject(new Error('no such file')) },
    { kind: 'works', run: async () => undefined },
  ];
  await runUntil(handlers, async () => (await read(good)).status === 'done');
  expect(await read(bad)).toMatchObject({ status: 'failed', error: 'It failed: no such file' });
});

test('a cancelled work stops at its next report and stays cancelled', async () => {
  const id = await queue('long');
  let stopped = false;
  const handler: WorkHandler = {
    kind: 'long',
    run: async ({ progress, signal }) => {
      await transaction(database.pool, workspaceId, (tx) =>
        tx.run(sql`update long_works set status = 'cancelled' where id = ${id}`),
      );
      await progress(1, 10).catch((error: Error) => {
        stopped = signal.aborted && error.name === 'WorkStopped';
        throw error;
      });
    },
  };
  await runUntil([handler], () => stopped);
  expect((await read(id)).status).toBe('cancelled');
});

test('a work cut off by a stop is given back and done by the next worker', async () => {
  const id = await queue('cut');
  let runs = 0;
  const handler: WorkHandler = {
    kind: 'cut',
    run: ({ signal }) => {
      runs++;
      if (runs > 1) return Promise.resolve();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
    },
  };
  await runUntil([handler], () => runs === 1);
  expect(await read(id)).toMatchObject({ status: 'queued', attempts: 0 });
  await runUntil([handler], async () => (await read(id)).status === 'done');
  expect(runs).toBe(2);
});

test('a work is claimed by one worker, and by another when its lease has run out', async () => {
  const id = await queue('lease');
  const [first, second] = await Promise.all([claimWork(database.pool, ['lease']), claimWork(database.pool, ['lease'])]);
  expect([first, second].filter(Boolean)).toHaveLength(1);
  const work = (first ?? second)!;
  expect(await claimWork(database.pool, ['lease'])).toBeNull();
  expect(await reportProgress(database.pool, work, { done: 1, total: null })).toBe(true);
  await expire(id);
  const next = await claimWork(database.pool, ['lease']);
  expect(next).toMatchObject({ id, workspaceId });
  expect(await reportProgress(database.pool, work, null)).toBe(false);
  expect(await reportProgress(database.pool, next!, null)).toBe(true);
});

test('a work whose process dies again and again is given up', async () => {
  const id = await queue('dies');
  for (let i = 0; i < 5; i++) {
    expect(await claimWork(database.pool, ['dies'])).toMatchObject({ id });
    await expire(id);
  }
  expect(await claimWork(database.pool, ['dies'])).toBeNull();
  expect(await read(id)).toMatchObject({ status: 'failed', error: 'It was interrupted too often.' });
});

test('a worker takes only the kinds that it knows', async () => {
  await queue('unknown');
  expect(await claimWork(database.pool, ['known'])).toBeNull();
});
