/** From an accepted event to the new score, readable, while events arrive steadily (spec 15: p50 < 0.3 s, p99 < 1 s). */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { transaction } from '#server/platform/db/pool.ts';
import type { Target } from './ingest.ts';
import { quantile } from './place.ts';

export interface LatencyFigures {
  accounts: number;
  /** that were really sent */
  eventsPerSecond: number;
  probes: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

const probeEveryMs = 50;
const batchSize = 50;

/** The last accounts are probes: nobody else sends events to them, so the first word on one is about its event. */
export async function benchLatency(
  target: Target & { url: string; accountIds: readonly number[] },
  { seconds, eventsPerSecond }: { seconds: number; eventsPerSecond: number },
): Promise<LatencyFigures> {
  const probes = Math.round((seconds * 1000) / probeEveryMs);
  const listener = new pg.Client({ connectionString: target.url });
  await listener.connect();
  const heard = new Map<number, () => void>();
  listener.on('notification', ({ payload }) => {
    for (const id of (JSON.parse(payload ?? '{}').accounts ?? []) as number[]) heard.get(id)?.();
  });
  await listener.query('listen perennial_live');
  await untilJudged(target);
  const load = { sent: 0, stopping: false };
  const loading = sendSteadily(target, target.accounts - probes, eventsPerSecond, load);
  const startedAt = performance.now();
  const latencies = await Promise.all(
    Array.from({ length: probes }, async (_, i) => {
      await delay(i * probeEveryMs);
      const account = target.accounts - i;
      return probe(target, account, target.accountIds[account - 1]!, heard);
    }),
  );
  const tookSeconds = (performance.now() - startedAt) / 1000;
  load.stopping = true;
  await loading;
  const ended = once(listener, 'end');
  await listener.end();
  await ended;
  return {
    accounts: target.accounts,
    eventsPerSecond: load.sent / tookSeconds,
    probes,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    maxMs: Math.max(...latencies),
  };
}

/** What the load before has left to judge is none of this figure. */
async function untilJudged({ pool, workspaceId }: Target): Promise<void> {
  for (;;) {
    const { waiting } = await transaction(pool, workspaceId, (tx) =>
      tx.one<{ waiting: number }>({
        text: 'select count(*) as waiting from dirty_accounts where workspace_id = $1',
        values: [workspaceId],
      }),
    );
    if (waiting === 0) return;
    await delay(200);
  }
}

/** Milliseconds from the acknowledgement of one event to the commit of what was made of it, as listeners are told. */
async function probe(
  target: Target,
  account: number,
  accountId: number,
  heard: Map<number, () => void>,
): Promise<number> {
  const judged = Promise.withResolvers<number>();
  heard.set(accountId, () => judged.resolve(performance.now()));
  await post(target, [event(account, 0)]);
  const acceptedAt = performance.now();
  const patience = setTimeout(() => judged.reject(new Error('an event was not judged within 60 s')), 60_000);
  const at = await judged.promise.finally(() => clearTimeout(patience));
  heard.delete(accountId);
  return Math.max(0, at - acceptedAt);
}

async function sendSteadily(
  target: Target,
  accounts: number,
  eventsPerSecond: number,
  load: { sent: number; stopping: boolean },
): Promise<void> {
  const startedAt = performance.now();
  const under = new Set<Promise<void>>();
  while (!load.stopping) {
    const due = ((performance.now() - startedAt) / 1000) * eventsPerSecond;
    // What cannot be sent in time is not made up for later: the rate that was reached is reported.
    while (load.sent + under.size * batchSize < due && under.size < 20) {
      const first = load.sent + under.size * batchSize;
      const batch = Array.from({ length: batchSize }, (_, i) => eventOf(Math.floor((first + i) / 10), accounts));
      const sending: Promise<void> = post(target, batch).then(() => {
        load.sent += batchSize;
        under.delete(sending);
      });
      under.add(sending);
    }
    await delay(10);
  }
  await Promise.all(under);
}

/** Ten events of a user follow each other. */
function eventOf(visit: number, accounts: number) {
  return event(1 + ((visit * 7919) % accounts), visit % 10);
}

let count = 0;

function event(account: number, user: number) {
  return {
    type: 'track',
    event: 'Opened',
    messageId: `latency-${count++}`,
    timestamp: Date.now(),
    userId: `user-${account}-${user}`,
    context: { groupId: `account-${account}` },
  };
}

async function post({ origin, writeKey }: Target, batch: readonly object[]): Promise<void> {
  const body = JSON.stringify({ batch });
  const response = await fetch(`${origin}/v1/batch`, { method: 'POST', headers: { 'x-write-key': writeKey }, body });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  await response.arrayBuffer();
}
