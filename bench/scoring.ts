/**
 * All signals and scores from scratch, by the evaluator's own path from the compact usage rows it keeps, against DuckDB
 * computing usage signals from the raw rows that those were counted from (spec 15).
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { dayOf } from '#core/calendar/day.ts';
import { markAllDirty } from '#server/modules/dirty/index.ts';
import { evaluateWorkspace } from '#server/modules/evaluator/index.ts';
import { fromSlots } from '#server/modules/signals/index.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { createBook } from './place.ts';

const users = 10;
const days = 90;
const dayMs = 86_400_000;

export interface ScoringFigures {
  accounts: number;
  rawRows: number;
  /** all signals, health, risk, written and readable */
  ourSeconds: number;
  /** nine usage signals, in memory */
  duckdbSeconds: number;
  ratio: number;
  signalsCompared: number;
}

/** @throws Error when a compared signal differs */
export async function benchScoring(pool: Pool, accounts: number): Promise<ScoringFigures> {
  const now = Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2;
  const today = dayOf(now, 'UTC');
  const { workspaceId, accountIds } = await createBook(pool, accounts);
  const first = accountIds[0]!;
  const duckdb = await (await DuckDBInstance.create()).connect();
  const rawRows = await makeRows(duckdb, { first, accounts, today });
  await fillUsage(pool, workspaceId, duckdb, today);

  const duckdbStart = performance.now();
  const expected = await usageByDuckdb(duckdb, today);
  const duckdbSeconds = (performance.now() - duckdbStart) / 1000;

  await transaction(pool, workspaceId, (tx) => markAllDirty(tx, workspaceId));
  const ourStart = performance.now();
  while ((await evaluateWorkspace(pool, workspaceId, 300, () => now)) > 0);
  const ourSeconds = (performance.now() - ourStart) / 1000;
  const signalsCompared = await compare(pool, workspaceId, expected);
  return { accounts, rawRows, ourSeconds, duckdbSeconds, ratio: ourSeconds / duckdbSeconds, signalsCompared };
}

interface Size {
  first: number;
  accounts: number;
  today: number;
}

/** One event of each user on about two days of three, the same in every run of a day. */
async function makeRows(duckdb: DuckDBConnection, { first, accounts, today }: Size): Promise<number> {
  await duckdb.run(`create table raw as
    select a::bigint as account, (a * ${users} + u)::bigint as person, (${today} - d)::int as day
    from range(${first}, ${first + accounts}) as t1(a), range(${users}) as t2(u), range(${days + 1}) as t3(d)
    where hash(a, u, d) % 100 < 40 + a % 50`);
  const result = await duckdb.runAndReadAll('select count(*)::int from raw');
  return Number(result.getRows()[0]![0]);
}

/** The compact rows that ingest would have left, counted by DuckDB: a session a user and day, without a feature. */
async function fillUsage(pool: Pool, workspaceId: number, duckdb: DuckDBConnection, today: number): Promise<void> {
  const date = (day: string) => `date '1970-01-01' + ${day}`;
  const month = `(date_trunc('month', ${date('day')})::date - date '1970-01-01')::int`;
  await copy(duckdb, 'select account, day, count(*)::int, count(distinct person)::int from raw group by all', (rows) =>
    transaction(pool, workspaceId, (tx) =>
      tx.run({
        text: `insert into usage_days (workspace_id, account_id, day, source, events, feature_events, logins, users, sessions,
            session_seconds, last_at)
          select $1, k.a, ${date('k.d')}, 'events', k.e, 0, 0, k.u, k.u, 0, (${date('k.d')})::timestamptz
          from unnest($2::bigint[], $3::int[], $4::int[], $5::int[]) as k (a, d, e, u)`,
        values: [workspaceId, ...columns(rows, 4)],
      }),
    ),
  );
  await copy(
    duckdb,
    `select account, month, person, sum(1 << (day - month))::int from
      (select distinct account, person, day, ${month} as month from raw) group by all`,
    (rows) =>
      transaction(pool, workspaceId, (tx) =>
        tx.run({
          text: `insert into usage_users (workspace_id, account_id, month, contact_id, active_days)
            select $1, k.a, ${date('k.m')}, k.c, k.d from unnest($2::bigint[], $3::int[], $4::bigint[], $5::int[]) as k (a, m, c, d)`,
          values: [workspaceId, ...columns(rows, 4)],
        }),
      ),
  );
  await transaction(pool, workspaceId, (tx) =>
    tx.run({
      text: `insert into usage_accounts (workspace_id, account_id, first_event_at, first_day)
        select $1, account_id, min(day)::timestamptz, min(day) from usage_days where workspace_id = $1
          and day <= ${date('$2::int')} group by account_id`,
      values: [workspaceId, today],
    }),
  );
  await pool.query('analyze usage_days');
  await pool.query('analyze usage_users');
}

const rowsAtOnce = 20_000;

async function copy(
  duckdb: DuckDBConnection,
  query: string,
  write: (rows: number[][]) => Promise<unknown>,
): Promise<void> {
  const result = await duckdb.runAndReadAll(query);
  const rows = result.getRows().map((row) => row.map(Number));
  for (let i = 0; i < rows.length; i += rowsAtOnce) await write(rows.slice(i, i + rowsAtOnce));
}

function columns(rows: readonly number[][], width: number): number[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]!));
}

const compared = [
  'usage.active_users_1d',
  'usage.active_users_7d',
  'usage.active_users_30d',
  'usage.dau_mau',
  'usage.active_user_change',
  'usage.logins_per_week',
  'usage.login_change',
  'usage.days_since_last_activity',
  'usage.trend_slope',
] as const;

/** "30 d" is D−29 … D, "30 complete days" are D−30 … D−1 (chapter 02). */
async function usageByDuckdb(duckdb: DuckDBConnection, today: number): Promise<Map<number, (number | null)[]>> {
  const ago = `(${today} - day)`;
  const people = (from: number, to: number) => `count(distinct person) filter (where ${ago} between ${from} and ${to})`;
  const pairs = (from: number, to: number) => `count(*) filter (where ${ago} between ${from} and ${to})`;
  const result = await duckdb.runAndReadAll(`
    with once as (select distinct account, person, day from raw),
    weeks as (select account, x, count(day) as y from
        (select a.account, w.x, r.day from (select distinct account from raw) a cross join range(12) as w(x)
          left join raw r on r.account = a.account and r.day between ${today} - 84 + 7 * w.x and ${today} - 78 + 7 * w.x)
      group by all),
    slopes as (select account, case when sum(y) > 0 then regr_slope(y, x) / avg(y) * 100 end as slope from weeks group by account)
    select o.account, ${people(0, 0)}, ${people(0, 6)}, ${people(0, 29)}, ${pairs(1, 30)} / 30.0 / ${people(1, 30)},
      (${people(1, 30)} - ${people(31, 60)})::double / nullif(${people(31, 60)}, 0), ${pairs(1, 28)} / 4.0,
      (${pairs(1, 30)} - ${pairs(31, 60)})::double / nullif(${pairs(31, 60)}, 0), min(${ago}), any_value(s.slope)
    from once o join slopes s on s.account = o.account group by o.account`);
  return new Map(
    result.getRows().map((row) => {
      const [account, ...values] = row.map((value) => (value === null ? null : Number(value)));
      return [account!, values];
    }),
  );
}

async function compare(pool: Pool, workspaceId: number, expected: Map<number, (number | null)[]>): Promise<number> {
  const states = await transaction(pool, workspaceId, (tx) =>
    tx.many<{ account_id: number; signals: (number | null)[] }>({
      text: 'select account_id, to_json(signals) as signals from account_states where workspace_id = $1',
      values: [workspaceId],
    }),
  );
  if (states.length !== expected.size) throw new Error(`${states.length} states, ${expected.size} accounts in DuckDB`);
  for (const { account_id: accountId, signals } of states) {
    const values = fromSlots(signals);
    for (const [i, key] of compared.entries()) {
      const theirs = expected.get(accountId)![i] ?? null;
      const ours = values[key] as number | null;
      const equal =
        ours === null || theirs === null ? ours === theirs : Math.abs(ours - theirs) < 1e-9 * (1 + Math.abs(theirs));
      if (!equal) throw new Error(`${key} of account ${accountId}: ${ours} here, ${theirs} in DuckDB`);
    }
  }
  return states.length * compared.length;
}
