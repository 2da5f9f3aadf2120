/** Events over HTTP, in batches and one by one, against a bare insert of the same rows into the same PostgreSQL (spec 15). */
import { randomUUID } from 'node:crypto';
import type { Pool } from '#server/platform/db/pool.ts';

export interface IngestFigures {
  events: number;
  bareEventsPerSecond: number;
  /** as people work: ten events of a user follow each other */
  batchedEventsPerSecond: number;
  /** how many times longer than the bare insert; must be at most 2 */
  batchedRatio: number;
  /** the worst case: every event is of another account than the one before */
  scatteredEventsPerSecond: number;
  scatteredRatio: number;
  singleEventsPerSecond: number;
  singleRatio: number;
  /** acknowledged events that are not stored, or stored twice: must be 0 */
  lostOrDoubled: number;
}

export interface Target {
  pool: Pool;
  origin: string;
  writeKey: string;
  workspaceId: number;
  accounts: number;
}

const batchSize = 100;
const batchesAtOnce = 16;
const singlesAtOnce = 128;
const warmUp = 2_000;

export async function benchIngest(target: Target, events: number): Promise<IngestFigures> {
  const before = await countStored(target);
  const send = async (count: number, burst: number, size: number, atOnce: number) =>
    count / (await sendAll(target, batchesOf(makeEvents(count, target.accounts, burst), size), atOnce));
  const fewer = Math.round(events / 5);
  await send(warmUp, 10, batchSize, batchesAtOnce);
  const bare = events / (await insertBare(target.pool, makeEvents(events, target.accounts, 10)));
  const batched = await send(events, 10, batchSize, batchesAtOnce);
  const scattered = await send(fewer, 1, batchSize, batchesAtOnce);
  const single = await send(fewer, 10, 1, singlesAtOnce);
  const stored = (await countStored(target)) - before;
  return {
    events,
    bareEventsPerSecond: bare,
    batchedEventsPerSecond: batched,
    batchedRatio: bare / batched,
    scatteredEventsPerSecond: scattered,
    scatteredRatio: bare / scattered,
    singleEventsPerSecond: single,
    singleRatio: bare / single,
    lostOrDoubled: Math.abs(stored - (warmUp + events + 2 * fewer)),
  };
}

interface BenchEvent {
  type: 'track';
  event: string;
  messageId: string;
  timestamp: number;
  userId: string;
  context: { groupId: string };
  properties: { n: number; plan: string };
}

/** @param burst how many events of a user follow each other */
function makeEvents(count: number, accounts: number, burst: number): BenchEvent[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, i) => {
    const visit = Math.floor(i / burst);
    const account = 1 + ((visit * 7919) % accounts);
    return {
      type: 'track',
      event: `Event ${i % 20}`,
      messageId: randomUUID(),
      timestamp: now - (count - i),
      userId: `user-${account}-${visit % 10}`,
      context: { groupId: `account-${account}` },
      properties: { n: i, plan: 'pro' },
    };
  });
}

function batchesOf(events: readonly BenchEvent[], size: number): BenchEvent[][] {
  const batches: BenchEvent[][] = [];
  for (let i = 0; i < events.length; i += size) batches.push(events.slice(i, i + size));
  return batches;
}

/** Seconds until the last is acknowledged. */
async function sendAll(
  { origin, writeKey }: Target,
  batches: readonly BenchEvent[][],
  atOnce: number,
): Promise<number> {
  const bodies = batches.map((batch) => JSON.stringify({ batch }));
  let next = 0;
  const startedAt = performance.now();
  const send = async () => {
    for (let i = next++; i < bodies.length; i = next++) {
      const headers = { 'x-write-key': writeKey };
      const response = await fetch(`${origin}/v1/batch`, { method: 'POST', headers, body: bodies[i]! });
      const { accepted } = (await response.json()) as { accepted?: number };
      if (accepted !== batches[i]!.length) throw new Error(`answered ${response.status}, accepted ${accepted}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  return (performance.now() - startedAt) / 1000;
}

const rowsAtOnce = 1_000;

/** Seconds for the rows alone, into a table with the keys of `events`. */
async function insertBare(pool: Pool, events: readonly BenchEvent[]): Promise<number> {
  await pool.query(`create table bare_events (workspace_id int, ts timestamptz, message_id uuid, account_id bigint,
    contact_id bigint, event_name_id int, reference text, properties jsonb, received_at timestamptz not null default now(),
    primary key (workspace_id, ts, message_id))`);
  await pool.query('create index on bare_events (workspace_id, account_id, ts desc)');
  const startedAt = performance.now();
  for (let i = 0; i < events.length; i += rowsAtOnce) {
    const rows = events.slice(i, i + rowsAtOnce);
    await pool.query({
      name: 'bare',
      text: `insert into bare_events (workspace_id, ts, message_id, account_id, contact_id, event_name_id, properties)
        select 1, to_timestamp(k.at / 1000), k.m, k.a, k.c, k.n, k.p
        from unnest($1::float8[], $2::uuid[], $3::bigint[], $4::bigint[], $5::int[], $6::jsonb[]) as k (at, m, a, c, n, p)
        on conflict do nothing`,
      values: [
        rows.map((e) => e.timestamp),
        rows.map((e) => e.messageId),
        rows.map((_, n) => 1 + n),
        rows.map((_, n) => 1 + n),
        rows.map((_, n) => n % 20),
        rows.map((e) => JSON.stringify(e.properties)),
      ],
    });
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.query('drop table bare_events');
  return seconds;
}

async function countStored({ pool, workspaceId }: Target): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query(`begin; select set_config('app.workspace_id', '${workspaceId}', true)`);
    const { rows } = await client.query(`select count(*) as n from events where workspace_id = ${workspaceId}`);
    return rows[0].n;
  } finally {
    await client.query('rollback');
    client.release();
  }
}
