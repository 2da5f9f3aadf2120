import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '#server/platform/log/log.ts';
import { columnTypes } from './types.ts';

export type Pool = pg.Pool;

/** An `Sql` of sql-template-tag, or a statement by hand; with a `name` the server plans it once per connection. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
  readonly name?: string;
}

/** A running transaction. It must not be used after its function has returned. */
export interface Tx {
  /** All rows. */
  many<T>(statement: Statement): Promise<T[]>;
  /** The only row; an Error when there is none or more than one. */
  one<T>(statement: Statement): Promise<T>;
  /** The only row or null; an Error when there is more than one. */
  maybe<T>(statement: Statement): Promise<T | null>;
  /** The number of rows touched (or returned). */
  run(statement: Statement): Promise<number>;
}

export interface PoolSettings {
  url: string;
  /** Most connections at once. */
  max?: number;
  /** What the database shows its connections as. */
  name?: string;
}

/** A pool of connections; a connection that breaks while idle is logged and replaced. Sessions run in UTC. */
export function createPool({ url, max = 10, name = 'perennial' }: PoolSettings, log: Logger): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: columnTypes,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    // pg-pool awaits what this returns before it hands the connection out.
    // A plan kept from when the tables were nearly empty scans them whole for as long as the connection lives; planning
    // anew costs 0.1–0.5 ms, and most statements carry a batch. Compiling (jit, on unless set) would be paid anew with each plan.
    onConnect: (client) => client.query("set time zone 'UTC'; set plan_cache_mode = force_custom_plan; set jit = off"),
  });
  // Without a listener, a connection lost while idle would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'));
  return pool;
}

/**
 * Runs `work` in one transaction that sees and writes only rows of `workspaceId` (row-level security reads
 * `app.workspace_id`). Commits when it resolves, rolls back when it rejects. On a serialization failure or a deadlock
 * the whole of `work` runs again, up to 3 times in all, so it must have no effect outside the transaction.
 */
export function transaction<T>(pool: Pool, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!Number.isSafeInteger(workspaceId)) throw new TypeError(`not a workspace id: ${workspaceId}`);
  return attempt(pool, `begin; select set_config('app.workspace_id', '${workspaceId}', true)`, work);
}

/**
 * As `transaction`, without a workspace: for tables that belong to none (users, workspaces, jobs). Fenced tables look
 * empty: ids begin at 1, and an unset setting would not do, because it reads '' on a connection that has been used.
 */
export function system<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  return attempt(pool, "begin; select set_config('app.workspace_id', '0', true)", work);
}

/**
 * As `transaction`, but only reading, and all of it from the one moment of its first statement. `work` runs once: it may
 * send away what it reads. The database ends it when nothing is asked for `idleSeconds`.
 */
export function snapshot<T>(
  pool: Pool,
  workspaceId: number,
  idleSeconds: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (!Number.isSafeInteger(workspaceId)) throw new TypeError(`not a workspace id: ${workspaceId}`);
  const begin = `begin isolation level repeatable read read only;
    set local idle_in_transaction_session_timeout = '${Math.round(idleSeconds)}s';
    select set_config('app.workspace_id', '${workspaceId}', true)`;
  return once(pool, begin, work);
}

const attempts = 3;

async function attempt<T>(pool: Pool, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await once(pool, begin, work);
    } catch (error) {
      if (tried === attempts || !isConflict(error)) throw error;
      // Two that deadlocked must not meet again at once.
      await delay(Math.random() * 20 * tried);
    }
  }
}

async function once<T>(pool: Pool, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const handle = openHandle(client);
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query(begin);
    const result = await work(handle.tx);
    handle.close();
    const { command } = await client.query('commit');
    // PostgreSQL answers ROLLBACK to the commit of a transaction in which a statement had failed.
    if (command !== 'COMMIT') throw new Error('rolled back: a statement failed and its error was swallowed');
    return result;
  } catch (error) {
    handle.close();
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

function openHandle(client: pg.PoolClient): { tx: Tx; close: () => void } {
  let open = true;
  async function query<T>(statement: Statement): Promise<{ rows: T[]; rowCount: number | null }> {
    if (!open) throw new Error('this transaction has ended');
    const { text, values, name } = statement;
    const result = await client.query({ text, values, ...(name && { name }) });
    return { rows: result.rows as T[], rowCount: result.rowCount };
  }
  async function maybe<T>(statement: Statement): Promise<T | null> {
    const { rows } = await query<T>(statement);
    if (rows.length > 1) throw new Error(`expected one row, got ${rows.length}`);
    return rows[0] ?? null;
  }
  const tx: Tx = {
    many: async <T>(statement: Statement) => (await query<T>(statement)).rows,
    maybe,
    one: async <T>(statement: Statement) => {
      const row = await maybe<T>(statement);
      if (row === null) throw new Error('expected one row, got none');
      return row;
    },
    run: async (statement) => (await query(statement)).rowCount ?? 0,
  };
  const close = () => {
    open = false;
  };
  return { tx, close };
}

/** 40001 serialization_failure, 40P01 deadlock_detected. */
function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
}
