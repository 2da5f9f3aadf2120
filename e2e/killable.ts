/** A server of its own process and data folder, to be killed at any moment and started again. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type Victim = 'server' | 'everything';

export interface Killable {
  origin: string;
  /** of the server that runs */
  readonly pid: number;
  start(): Promise<void>;
  /** SIGKILL to the server alone, or to the server and its database. */
  kill(victim: Victim): Promise<void>;
  /** Ends in good order. */
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');
/** As `npm start` runs it. */
const startScript = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } })
  .scripts.start;
const [, ...program] = startScript.split(' ');
const readyWithinMs = 60_000;

/** @param options.databaseUrl in place of the embedded database in the folder */
export async function createKillable(
  dataDir: string,
  { roles = 'ingest,evaluator,worker,scheduler', databaseUrl = '' }: { roles?: string; databaseUrl?: string } = {},
): Promise<Killable> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const args = [...program, `--roles=${roles}`, `--port=${port}`, `--data=${dataDir}`];
  let child: ChildProcess | null = null;

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    await exited;
  }

  return {
    origin,
    get pid() {
      if (!child?.pid) throw new Error('the server does not run');
      return child.pid;
    },
    start: async () => {
      child = spawn(process.execPath, args, {
        cwd: root,
        env: { ...process.env, LOG_LEVEL: 'fatal', DATABASE_URL: databaseUrl },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const until = Date.now() + readyWithinMs;
      while (!(await isReady(origin))) {
        if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} while it started`);
        if (Date.now() > until) throw new Error('the server was not ready in time');
        await delay(20);
      }
    },
    kill: async (victim) => {
      const database = victim === 'everything' ? databaseProcesses(dataDir) : [];
      const ended = end('SIGKILL');
      for (const pid of database) kill(pid);
      await ended;
    },
    stop: () => end('SIGTERM'),
  };
}

/** The database processes that hold this folder open, and no others. */
export function databaseProcesses(dataDir: string): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args=']).toString().split('\n');
  const rows = table.map((row) => row.trim().split(/\s+/)).filter(([, , stat]) => stat && !stat.startsWith('Z'));
  const masters = rows.filter((row) => row.includes(join(dataDir, 'postgres'))).map(([pid]) => pid);
  return rows.filter(([pid, parent]) => masters.includes(pid) || masters.includes(parent)).map(([pid]) => Number(pid));
}

/** One of several may have ended by itself because another did. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
