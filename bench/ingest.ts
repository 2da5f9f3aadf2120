/** Events over HTTP, in batches and one by one, against a bare insert of the same rows into the same PostgreSQL (spec 15). */
import { randomUUID } from 'node:crypto';
import type { Pool } from '#server/platform/db/pool.ts';

export interface IngestFigures {
  events: number;
  bareEventsPerSecond: number;
  batchedEventsPerSecond: number;
  /** how many times longer than the bare insert; must be at most 2 */
  batchedRatio: number;
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

export async function benchIngest(target: Target, events: number): Promise<IngestFigures> {
  const before = await countStored(target);
  await sendAll(target, batchesOf(makeEvents(2_000, target.accounts), batchSize), batchesAtOnce); // warms both up
  const bare = makeEvents(events, target.accounts);
  const bareSeconds = await insertBare(target.pool, bare);
  const batchedSeconds = await sendAll(
    target,
    batchesOf(makeEvents(events, target.accounts), batchSize),
    batchesAtOnce,
  );
  const singles = Math.round(events / 5);
  const singleSeconds = await sendAll(target, batchesOf(makeEvents(singles, target.accounts), 1), singlesAtOnce);
  const stored = (await countStored(target)) - before;
  const perSecond = (count: number, seconds: number) => count / seconds;
  const bareRate = perSecond(events, bareSeconds);
  return {
    events,
    bareEventsPerSecond: bareRate,
    batchedEventsPerSecond: perSecond(events, batchedSeconds),
    batchedRatio: bareRate / perSecond(events, batchedSeconds),
    singleEventsPerSecond: perSecond(singles, singleSeconds),
    singleRatio: bareRate / perSecond(singles, singleSeconds),
    lostOrDoubled: Math.abs(stored - (2_000 + events + singles)),
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

function makeEvents(count: number, accounts: number): BenchEvent[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, i) => {
    const account = 1 + ((i * 7919) % accounts);
    return {
      type: 'track',
      event: `Event ${i % 20}`,
      messageId: randomUUID(),
      timestamp: now - (count - i),
      userId: `user-${account}-${i % 5}`,
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
