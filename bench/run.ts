/**
 * `npm run bench`: a table, and bench/results/<date>.json with what machine it was. `--full` takes 100 000 accounts;
 * `--only=scoring,start` some parts; `--events=20000` how many are sent.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createWriteKey } from '#server/testing/telemetry.ts';
import { createKillable } from '../e2e/killable.ts';
import { benchAccountList, fillAccountList } from './account-list.ts';
import { benchBundle } from './bundle.ts';
import { benchDisk } from './disk.ts';
import { benchIngest } from './ingest.ts';
import { benchLatency } from './latency.ts';
import { memoryOf } from './memory.ts';
import { benchPast, fillPasts } from './past.ts';
import { createBook, createDemo, withPlace } from './place.ts';
import { benchReads, fillReads } from './reads.ts';
import { benchScoring } from './scoring.ts';
import { benchStart } from './start.ts';

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    events: { type: 'string', default: '50000' },
    seconds: { type: 'string', default: '20' },
  },
});
const accounts = options.full ? 100_000 : 10_000;
/** few, as each has a past of years */
const accountsWithPast = 40;

/** Ingest, latency and memory share one server in a process of its own. */
function serving(): Promise<unknown> {
  return withPlace(async ({ pool, url, folder }) => {
    const { workspaceId, accountIds } = await createBook(pool, accounts);
    const writeKey = await createWriteKey(pool, workspaceId);
    const server = await createKillable(folder, { databaseUrl: url });
    await server.start();
    try {
      const target = { pool, url, origin: server.origin, writeKey, workspaceId, accounts, accountIds };
      const atRest = await memoryOf(server.pid);
      const ingest = await benchIngest(target, Number(options.events));
      const pace = { seconds: Number(options.seconds), eventsPerSecond: 1_000 };
      const latency = await benchLatency(target, pace);
      return { ingest, latency, memory: { atRestMb: atRest?.nowMb, ...(await memoryOf(server.pid)) } };
    } finally {
      await server.stop();
    }
  });
}

const parts: Record<string, () => Promise<unknown>> = {
  serving,
  scoring: () => withPlace(({ pool }) => benchScoring(pool, accounts)),
  list: () => withPlace(async ({ pool }) => benchAccountList(pool, await fillAccountList(pool, accounts))),
  reads: () => withPlace(async ({ pool }) => benchReads(pool, await fillReads(pool, accounts))),
  past: () => withPlace(async ({ pool }) => benchPast(pool, await fillPasts(pool, accounts))),
  disk: () => withPlace(async ({ pool }) => benchDisk(pool, await createDemo(pool, accountsWithPast))),
  start: benchStart,
  bundle: benchBundle,
};

function machine() {
  return {
    date: new Date().toISOString(),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    loadBefore: loadavg()[0],
  };
}

function lines(figures: unknown, name: string): [string, string][] {
  if (Array.isArray(figures)) return figures.flatMap((figure) => lines(figure, `${name} ${figure.name ?? ''}`));
  if (figures === null || typeof figures !== 'object') return [[name, shown(figures)]];
  return Object.entries(figures).flatMap(([key, value]) => lines(value, `${name}.${key}`));
}

function shown(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : String(value);
}

/**
 * Each part in a process of its own: what one remembers of its database (names of events by workspace, for one) would be
 * wrong in the next, and memory is that of the part alone.
 */
async function inOwnProcess(name: string): Promise<unknown> {
  const child = fork(import.meta.filename, [...process.argv.slice(2), `--only=${name}`]);
  let figures: unknown;
  child.on('message', (message) => {
    figures = message;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return figures;
}

if (process.send) {
  process.send(await parts[options.only!]!());
  process.exit(0);
}

const wanted = options.only?.split(',') ?? Object.keys(parts);
const results: Record<string, unknown> = { machine: machine() };
for (const name of wanted) {
  if (!parts[name]) throw new Error(`there is no part ${name}; there are ${Object.keys(parts).join(', ')}`);
  results[name] = await inOwnProcess(name);
  for (const [line, value] of lines(results[name], name)) console.log(`${line.padEnd(44)} ${value.padStart(14)}`);
}
const folder = join(import.meta.dirname, 'results');
await mkdir(folder, { recursive: true });
const path = join(folder, `${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.json`);
await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\nwritten to ${path}`);
