/** Long works beside the requests: a real thread over a test database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#server/env.ts';
import { queueWork } from '#server/modules/workspace/index.ts';
import { system } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createWorkspace, inside } from '#server/testing/factories.ts';
import { runInBackground } from './background.ts';
import { runLoops } from './loops.ts';

const database = testDatabase();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'background-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Connections to this database, by what they say they are. */
async function connections(name: string): Promise<number> {
  const { n } = await system(database.pool, (tx) =>
    tx.one<{ n: number }>(sql`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name = ${name} and pid <> pg_backend_pid()`),
  );
  return n;
}

async function statusAfter(workspaceId: number, id: number): Promise<string> {
  const { status } = await inside(database.pool, workspaceId, (tx) =>
    tx.one<{ status: string }>(sql`select status from long_works where workspace_id = ${workspaceId} and id = ${id}`),
  );
  return status;
}

async function queueRejudge(): Promise<{ workspaceId: number; id: number }> {
  const workspaceId = await createWorkspace(database.pool);
  const id = await inside(database.pool, workspaceId, (tx) => queueWork(tx, workspaceId, 'rejudge', 'Again'));
  return { workspaceId, id };
}

test.each<[string, Role[], boolean]>([
  ['a process that judges carries works out in a thread', ['evaluator', 'worker'], true],
  ['a process of the worker role alone carries them out itself', ['worker'], false],
])('%s; both end when told to', async (_, roles, inThread) => {
  const { workspaceId, id } = await queueRejudge();
  const stop = new AbortController();
  const deps = { pool: database.pool, url: database.url, uploads: folder, log: createLogger('error') };
  const running = runLoops(roles, deps, stop.signal);
  await expect.poll(() => statusAfter(workspaceId, id), { timeout: 20_000, interval: 20 }).toBe('done');
  expect((await connections('perennial background')) > 0).toBe(inThread);
  stop.abort();
  await running;
  await expect.poll(() => connections('perennial background'), { timeout: 5_000, interval: 20 }).toBe(0);
});

const unreachable = { url: 'no address', uploads: '', logLevel: 'silent' } as const;

test('what the thread falls over is told, so that it is started again', async () => {
  const broken = { ...unreachable, roles: null as unknown as Role[] };
  await expect(runInBackground(broken, new AbortController().signal)).rejects.toThrow(/null/);
});

test('nothing is started after the stop', async () => {
  await runInBackground({ ...unreachable, roles: ['worker'] }, AbortSignal.abort());
});

test.each<[NodeJS.Signals]>([['SIGKILL'], ['SIGTERM']])('%s ends the thread with its process', async (signal) => {
  const args = [join(import.meta.dirname, 'main.ts'), '--port=0', '--roles=ingest,worker,scheduler'];
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, DATABASE_URL: database.url, DATA_DIR: folder, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  await expect.poll(() => connections('perennial background'), { timeout: 20_000, interval: 50 }).toBeGreaterThan(0);
  child.kill(signal);
  expect((await exited)[0]).toBe(signal === 'SIGTERM' ? 0 : null);
  await expect.poll(() => connections('perennial background'), { timeout: 5_000, interval: 50 }).toBe(0);
});
