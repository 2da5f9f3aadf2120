import sql from 'sql-template-tag';
import { beforeEach, describe, expect, test } from 'vitest';
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

describe('several workspaces', () => {
  let others: number[] = [];
  beforeEach(async () => {
    others = [];
    const wanted = { name: 'W', timeZone: 'UTC', currency: 'USD', isDemo: false, administrators: [] };
    for (let i = 0; i < 3; i++) others.push(await system(database.pool, (tx) => createWorkspace(tx, wanted, [])));
  });
  const queueIn = (id: number, kind: string, detail = {}) =>
    transaction(database.pool, id, (tx) => queueWork(tx, id, kind, kind, detail));

  test('a work without end in one keeps nobody else’s waiting, only its own next', async () => {
    await queueIn(workspaceId, 'endless');
    const next = await queueIn(workspaceId, 'short', { of: 'the same' });
    await queueIn(others[0]!, 'short');
    await queueIn(others[1]!, 'short');
    const done: number[] = [];
    const handlers: WorkHandler[] = [
      { kind: 'short', run: async (context) => void done.push(context.workspaceId) },
      {
        kind: 'endless',
        run: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
      },
    ];
    await runUntil(handlers, () => done.length >= 2);
    expect(done.sort()).toEqual([others[0], others[1]].sort());
    expect((await read(next)).status).toBe('queued');
  });

  test('a few at once and no more; then each has its turn', async () => {
    const all = [workspaceId, ...others];
    for (const id of all) for (const n of [1, 2]) await queueIn(id, 'turn', { n });
    const began: number[] = [];
    let [now, most] = [0, 0];
    const handler: WorkHandler = {
      kind: 'turn',
      run: async ({ workspaceId: id, progress }) => {
        began.push(id);
        most = Math.max(most, ++now);
        await progress(1, 1);
        now--;
      },
    };
    await runUntil([handler], async () => began.length === 8 && now === 0);
    expect(began.slice(0, 4).sort()).toEqual(all.sort());
    expect(most).toBeLessThanOrEqual(3);
  });

  test('the turn goes on from the workspace that had the last one', async () => {
    const [first, second] = [workspaceId, others[0]!].sort((a, b) => a - b) as [number, number];
    await queueIn(first, 'turns');
    await queueIn(second, 'turns');
    const claimed = (asked?: Parameters<typeof claimWork>[2]) => claimWork(database.pool, ['turns'], asked);
    expect(await claimed({ after: first, except: [] })).toMatchObject({ workspaceId: second });
    expect(await claimed({ after: second, except: [first] })).toBeNull();
    expect(await claimed({ after: second, except: [] })).toMatchObject({ workspaceId: first });
  });
});
