import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '#server/platform/log/log.ts';
import type { Account } from './account.ts';
import { EmbeddedError } from './error.ts';
import type { Folder } from './folder.ts';
import type { Launcher } from './launcher.ts';
import type { Programs } from './programs.ts';

/** Where the server listens: a folder with its unix socket, or 127.0.0.1. */
export interface Address {
  host: string;
  port: number;
}

export interface ServerPlan {
  folder: Folder;
  programs: Programs;
  launcher: Launcher;
  account: Account | null;
  address: Address;
  /** False gives up safety against power loss, for tests. */
  durable: boolean;
}

/** What the kernel takes as the path of a unix socket (sun_path), without its closing zero; macOS has 103. */
const longestSocketPath = process.platform === 'darwin' ? 103 : 107;

/** A socket in the data folder when its path is short enough, else a free port of 127.0.0.1. */
export async function chooseAddress({ run }: Folder): Promise<Address> {
  if (Buffer.byteLength(`${run}/.s.PGSQL.5432`) <= longestSocketPath) return { host: run, port: 5432 };
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return { host: '127.0.0.1', port };
}

/** Where the server of another process listens, once it is ready; null before. */
export async function readAddress({ cluster }: Folder): Promise<Address | null> {
  // Line 4 is the port, 5 the folder of the socket, 6 the address, 8 the state (miscadmin.h).
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [port, socket, host, state] = [lines[3], lines[4], lines[5], lines[7]].map((line) => line?.trim());
  return state === 'ready' ? { host: socket || host!, port: Number(port) } : null;
}

/** What passes by itself after a crash: processes that have not ended yet, or a port just taken. */
const passing = /lock file|shared memory|already in use/i;
const patienceMs = 15_000;

/** Starts the server and waits until it accepts connections. Throws EmbeddedError with the end of its log. */
export async function startServer(plan: ServerPlan, log: Logger): Promise<ChildProcess> {
  for (const deadline = Date.now() + patienceMs; ; await delay(250)) {
    const logBefore = await stat(plan.folder.log).then(
      ({ size }) => size,
      () => 0,
    );
    const child = await launch(plan);
    if (await becomesReady(child, plan.folder, log)) return child;
    const output = (await readFile(plan.folder.log)).subarray(logBefore).toString().trim();
    if (Date.now() > deadline || !passing.test(output)) {
      throw new EmbeddedError(`The database did not start. The end of ${plan.folder.log}:\n${output.slice(-2000)}`);
    }
    log.warn('the database could not start yet, trying again');
  }
}

async function launch({ folder, programs, launcher, account, address, durable }: ServerPlan): Promise<ChildProcess> {
  const onSocket = address.host === folder.run;
  await rm(folder.run, { recursive: true, force: true });
  await mkdir(folder.run, { mode: 0o700 });
  if (account) await chown(folder.run, account.uid, account.gid);
  const options = {
    listen_addresses: onSocket ? '' : address.host,
    unix_socket_directories: onSocket ? folder.run : '',
    port: String(address.port),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [file, args, spawnOptions] = launcher(programs.postgres, ['-D', folder.cluster, ...flags]);
  const output = await open(folder.log, (await isLong(folder.log)) ? 'w' : 'a', 0o600);
  try {
    // In a process group of its own: Ctrl+C is for this process, which then stops the database in good order.
    return spawn(file, args, { ...spawnOptions, detached: true, stdio: ['ignore', output.fd, output.fd] });
  } finally {
    await output.close();
  }
}

async function isLong(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 10_000_000,
    () => false,
  );
}

/** False when the process ended first. Recovery after a crash may take minutes, so there is no time limit. */
async function becomesReady(child: ChildProcess, { cluster }: Folder, log: Logger): Promise<boolean> {
  let failed = false;
  child.once('error', () => {
    failed = true;
  });
  const startedAt = Date.now();
  for (let reports = 0; !hasEnded(child) && !failed; await delay(20)) {
    // Line 1 is the process, line 8 its state (miscadmin.h, LOCK_FILE_LINE_PM_STATUS).
    const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true;
    if (Date.now() - startedAt > 10_000 * (reports + 1)) {
      reports++;
      log.info({ seconds: reports * 10 }, 'the database is recovering from a crash');
    }
  }
  return false;
}

/** Ends the server: everyone is disconnected, everything written. After a minute it is ended without the writing. */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const patience = setTimeout(() => child.kill('SIGQUIT'), 60_000);
  await ended;
  clearTimeout(patience);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
