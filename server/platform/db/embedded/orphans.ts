import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Logger } from '#server/platform/log/log.ts';
import { EmbeddedError } from './error.ts';
import type { Folder } from './folder.ts';

const run = promisify(execFile);

/**
 * Stops what an earlier process left running on this folder, which only the holder of its lock may do. A server
 * survives the kill -9 of its parent; and when it was killed too, its children need a moment to notice. Afterwards no
 * process works on the cluster. Throws EmbeddedError if one cannot be stopped.
 */
export async function stopOrphans(folder: Folder, log: Logger): Promise<void> {
  const pidFile = join(folder.cluster, 'postmaster.pid');
  const postmaster = await readPid(pidFile);
  const orphans = await processesOn(folder, postmaster);
  if (orphans.length > 0) {
    log.warn({ pids: orphans }, 'stopping the database that an earlier process left running');
    // SIGINT: disconnect everyone, write everything, end. SIGQUIT: end at once, recover at the next start.
    const stopped =
      (await stop(folder, postmaster, 'SIGINT', 60_000)) || (await stop(folder, postmaster, 'SIGQUIT', 15_000));
    if (!stopped) {
      throw new EmbeddedError(
        `A database process left by an earlier start does not end (${orphans.join(', ')}). End it, then start again.`,
      );
    }
  }
  // The number in the file may meanwhile belong to another process (a restarted container counts from 1 again), and
  // PostgreSQL would refuse to start. We know better: nothing works on this folder. If no process has that number,
  // PostgreSQL itself judges the file, and checks the shared memory named in it.
  if (postmaster !== null && isAlive(postmaster)) await rm(pidFile, { force: true });
}

async function stop(
  folder: Folder,
  postmaster: number | null,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<boolean> {
  const orphans = await processesOn(folder, postmaster);
  // A postmaster stops its own children. Children without one end by themselves, or get the harder signal.
  const targets =
    postmaster !== null && orphans.includes(postmaster) ? [postmaster] : signal === 'SIGQUIT' ? orphans : [];
  for (const pid of targets) kill(pid, signal);
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(50)) {
    if ((await processesOn(folder, postmaster)).length === 0) return true;
  }
  return false;
}

/** The database processes that work on the cluster: each has it as its current directory. */
async function processesOn({ cluster }: Folder, postmaster: number | null): Promise<number[]> {
  const place = await realpath(cluster).catch(() => null);
  if (place === null) return [];
  if (process.platform !== 'linux') {
    // Without /proc only the postmaster can be told apart, by its arguments.
    if (postmaster === null) return [];
    const { stdout } = await run('ps', ['-o', 'command=', '-p', String(postmaster)]).catch(() => ({ stdout: '' }));
    return stdout.includes(cluster) ? [postmaster] : [];
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const ours = await Promise.all(pids.map((pid) => isDatabaseAt(pid, place)));
  return pids.filter((_, index) => ours[index]).map(Number);
}

async function isDatabaseAt(pid: string, place: string): Promise<boolean> {
  if ((await readlink(`/proc/${pid}/cwd`).catch(() => null)) !== place) return false;
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() === 'postgres';
}

async function readPid(pidFile: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}
