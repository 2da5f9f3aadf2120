/**
 * kill -9 under load, of the server and of everything: what was acknowledged is there, once, and the judgements are those
 * of the facts. KILL_ROUNDS sets how often (20).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { afterAll, expect, test } from 'vitest';
import { asOfInstant } from '#core/signals/moment.ts';
import { seeders } from '#server/app.ts';
import { freshSignals, storedSignals, type World } from '#server/modules/evaluator/evaluator.test-support.ts';
import { evaluateWorkspace } from '#server/modules/evaluator/index.ts';
import { rebuildStaleUsage, rebuildUsage } from '#server/modules/usage/index.ts';
import { type EmbeddedDatabase, startEmbedded } from '#server/platform/db/embedded.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { createPool, type Pool } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { createWorkspace, inside } from '#server/testing/factories.ts';
import { createWriteKey } from '#server/testing/telemetry.ts';
import { createKillable, databaseProcesses, type Killable, kill } from './killable.ts';

const rounds = Number(process.env.KILL_ROUNDS ?? 20);
const secondsARound = 12;
const senders = 4;
const batchSize = 20;
const accountCount = 15;

const log = createLogger('fatal');
const folders: string[] = [];
let server: Killable | null = null;
afterAll(async () => {
  await server?.stop();
  for (const folder of folders) {
    for (const pid of databaseProcesses(folder)) kill(pid);
    await rm(folder, { recursive: true });
  }
});

/** Numbers from 0 to 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Opens the data folder in this process, while no server runs on it. */
async function withDatabase<T>(
  folder: string,
  work: (pool: Pool, database: EmbeddedDatabase) => Promise<T>,
): Promise<T> {
  const database = await startEmbedded(folder, log);
  const pool = createPool({ url: database.url, max: 4 }, log);
  try {
    return await work(pool, database);
  } finally {
    await pool.end();
    await database.stop();
  }
}

/** It is around noon there, so that no day turns during the test. */
function zoneOfNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

function message(random: () => number, id: string, now: number) {
  const account = Math.floor(random() * accountCount);
  const user = Math.floor(random() * 5);
  return {
    type: random() < 0.8 ? 'track' : 'page',
    event: `Event ${Math.floor(random() * 3)}`,
    name: 'Home',
    messageId: id,
    // Mostly of now, some of the last days: those change pasts too.
    timestamp: now - Math.floor(random() < 0.9 ? random() * 3_600_000 : random() * 4 * 86_400_000),
    userId: `user-${account}-${user}`,
    context: { groupId: `account-${account}` },
  };
}

/** Without its group call an account does not exist, and its events only wait. */
async function declareAccounts(origin: string, key: string): Promise<void> {
  const batch = Array.from({ length: accountCount }, (_, n) => ({ type: 'group', groupId: `account-${n}` }));
  const response = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    headers: { 'x-write-key': key },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
}

interface Load {
  acknowledged: Set<string>;
  /** Sends on until every batch under way has been acknowledged. */
  finish(): Promise<void>;
}

/** Sends batches until told to stop, each again and again until the server says that it has it. */
function startLoad(origin: string, key: string, random: () => number): Load {
  const acknowledged = new Set<string>();
  let stopping = false;
  const send = async (name: number) => {
    for (let n = 0; !stopping; n++) {
      const now = Date.now();
      const ids = Array.from({ length: batchSize }, (_, i) => `${name}-${n}-${i}`);
      const body = JSON.stringify({ batch: ids.map((id) => message(random, id, now)) });
      while (!(await isAccepted(origin, key, body))) await delay(30);
      for (const id of ids) acknowledged.add(id);
    }
  };
  const sending = Promise.all(Array.from({ length: senders }, (_, name) => send(name)));
  return {
    acknowledged,
    finish: async () => {
      stopping = true;
      await sending;
    },
  };
}

async function isAccepted(origin: string, key: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/v1/batch`, {
      method: 'POST',
      headers: { 'x-write-key': key },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return false;
    }
    return (await response.json()).accepted === batchSize;
  } catch {
    return false;
  }
}

async function prepare(folder: string): Promise<{ workspaceId: number; key: string }> {
  return withDatabase(folder, async (pool) => {
    await migrate(pool, log);
    const workspaceId = await createWorkspace(pool, { timeZone: zoneOfNoon() });
    await inside(pool, workspaceId, async (tx) => {
      for (const seed of seeders) await seed(tx, workspaceId);
    });
    return { workspaceId, key: await createWriteKey(pool, workspaceId) };
  });
}

/** Every usage row, in a comparable form. */
async function usageRows(pool: Pool, workspaceId: number): Promise<unknown[]> {
  const tables = ['usage_days', 'usage_users', 'usage_segments', 'usage_accounts'];
  const found: unknown[] = [];
  for (const table of tables) {
    const text = `select to_jsonb(t) as row from ${table} t where workspace_id = $1 order by to_jsonb(t)::text`;
    found.push(await inside(pool, workspaceId, (tx) => tx.many({ text, values: [workspaceId] })));
  }
  return found;
}

test(`${rounds} × kill -9`, { timeout: 60_000 + rounds * secondsARound * 1000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-kill-'));
  folders.push(folder);
  const { workspaceId, key } = await prepare(folder);
  server = await createKillable(folder);
  await server.start();
  await declareAccounts(server.origin, key);
  const random = seeded(2_026);
  const load = startLoad(server.origin, key, seeded(7));
  let before = 0;
  for (let round = 0; round < rounds; round++) {
    // Something must have been stored in this life, or killing it proves nothing.
    await expect.poll(() => load.acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(before);
    await delay(random() * 500);
    await server.kill(round % 2 === 0 ? 'server' : 'everything');
    before = load.acknowledged.size;
    await server.start();
  }
  await load.finish();
  await server.stop();

  await withDatabase(folder, async (pool) => {
    const stored = await inside(pool, workspaceId, (tx) =>
      tx.one<{ all: number; distinct: number }>(sql`select count(*) as all, count(distinct message_id) as distinct
          from events e join event_names n on n.workspace_id = e.workspace_id and n.id = e.event_name_id
          where e.workspace_id = ${workspaceId} and n.kind in ('track', 'page')`),
    );
    // Each batch was sent until it was acknowledged, so what is stored is exactly what was acknowledged.
    expect(stored).toEqual({ all: load.acknowledged.size, distinct: load.acknowledged.size });
    expect(load.acknowledged.size).toBeGreaterThan(rounds * batchSize);

    await expectFactsAndJudgements(pool, workspaceId);
    const counted = await inside(pool, workspaceId, (tx) =>
      tx.one(sql`select sum(events) as events from usage_days where workspace_id = ${workspaceId}`),
    );
    expect(counted).toEqual({ events: load.acknowledged.size });
  });
});

async function expectFactsAndJudgements(pool: Pool, workspaceId: number): Promise<void> {
  const now = Date.now();
  // What the last life left to be done, as the next would do it.
  await rebuildStaleUsage(pool, workspaceId, 1_000, now);
  while ((await evaluateWorkspace(pool, workspaceId, 100, () => now)) > 0);
  const world: Pick<World, 'workspaceId' | 'inside' | 'rows'> = {
    workspaceId,
    inside: (work) => inside(pool, workspaceId, work),
    rows: (statement) => inside(pool, workspaceId, (tx) => tx.many(statement)),
  };
  const [{ time_zone: zone }] = (await world.rows<{ time_zone: string }>(
    sql`select time_zone from workspaces where id = ${workspaceId}`,
  )) as [{ time_zone: string }];
  const states = await storedSignals(world as World);
  expect(states.size).toBe(accountCount);
  expect(states).toEqual(await freshSignals(world as World, asOfInstant(now, zone)));

  const incremental = await usageRows(pool, workspaceId);
  const accounts = await world.rows<{ id: number }>(sql`select id from accounts where workspace_id = ${workspaceId}`);
  await world.inside((tx) =>
    rebuildUsage(
      tx,
      workspaceId,
      accounts.map((account) => account.id),
      now,
    ),
  );
  expect(incremental).toEqual(await usageRows(pool, workspaceId));
}
