/** Where a benchmark takes place: a database of its own in a temporary folder, made as the product makes it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeders } from '#server/app.ts';
import { demoWork } from '#server/modules/demo/index.ts';
import { startEmbedded } from '#server/platform/db/embedded.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { createPool, type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { createWorkspace } from '#server/testing/factories.ts';

export interface Place {
  pool: Pool;
  url: string;
  folder: string;
}

export async function withPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-bench-'));
  const log = createLogger('fatal');
  const database = await startEmbedded(folder, log);
  const pool = createPool({ url: database.url, max: 8 }, log);
  try {
    await migrate(pool, log);
    return await work({ pool, url: database.url, folder });
  } finally {
    await pool.end();
    await database.stop();
    await rm(folder, { recursive: true });
  }
}

/**
 * A workspace with shipped scorecards and rules, and accounts `account-1` … by their ids in telemetry, each with ten known
 * users `user-1-0` …
 */
export async function createBook(pool: Pool, accounts: number): Promise<{ workspaceId: number; accountIds: number[] }> {
  const workspaceId = await createWorkspace(pool, { name: 'Benchmark' });
  const accountIds = await transaction(pool, workspaceId, async (tx) => {
    for (const seed of seeders) await seed(tx, workspaceId);
    const made = await tx.many<{ id: number }>({
      text: `insert into accounts (workspace_id, name) select $1, 'account-' || i from generate_series(1, $2) i returning id`,
      values: [workspaceId, accounts],
    });
    await tx.run({
      text: `insert into account_ids (workspace_id, source, external_id, account_id)
        select $1, 'telemetry', name, id from accounts where workspace_id = $1`,
      values: [workspaceId],
    });
    await addUsers(tx, workspaceId);
    return made.map((row) => row.id);
  });
  return { workspaceId, accountIds };
}

/** A workspace of so many demo accounts with their pasts, judged by the shipped scorecards and rules. Returns its id. */
export async function createDemo(pool: Pool, accounts: number): Promise<number> {
  const workspaceId = await createWorkspace(pool, { name: 'Demo' });
  await transaction(pool, workspaceId, async (tx) => {
    for (const seed of seeders) await seed(tx, workspaceId);
  });
  const { signal } = new AbortController();
  const work = { pool, log: createLogger('error'), workspaceId, signal, progress: async () => undefined };
  await demoWork.run({ ...work, detail: { seed: 1, accounts } });
  return workspaceId;
}

async function addUsers(tx: Tx, workspaceId: number): Promise<void> {
  const long = `now() - interval '100 days'`;
  await tx.run({
    text: `insert into contacts (workspace_id, account_id, account_at, name, is_user, since, traits_at)
      select $1, id, ${long}, replace(name, 'account', 'user') || '-' || u, true, ${long}, ${long}
      from accounts, generate_series(0, 9) u where workspace_id = $1`,
    values: [workspaceId],
  });
  await tx.run({
    text: `insert into contact_ids (workspace_id, source, external_id, contact_id)
      select $1, 'telemetry', name, id from contacts where workspace_id = $1`,
    values: [workspaceId],
  });
  await tx.run({
    text: `insert into contact_accounts (workspace_id, contact_id, account_id, from_at)
      select $1, id, account_id, ${long} from contacts where workspace_id = $1`,
    values: [workspaceId],
  });
}

/** The value below which a share of the values lie; values must not be empty. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
