/** Loops in a thread beside the one that answers requests. Why a thread: docs/decisions/0012-a-thread-for-long-works.md. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Role } from '#server/env.ts';
import type { LogLevel } from '#server/platform/log/log.ts';

/** What the thread is started with; it opens a pool of its own. */
export interface BackgroundSettings {
  roles: readonly Role[];
  /** of the database */
  url: string;
  /** folder of files that are being imported */
  uploads: string;
  logLevel: LogLevel;
}

/** All that runs there may be cut off at any moment and is taken up again, so nobody waits longer for it to end. */
const stopPatienceMs = 5_000;

/**
 * Runs the loops of these roles in a thread until the signal aborts, and ends the thread with them. It cannot outlive the
 * process. @throws when the thread ends by itself: what it fell over, or that it ended
 */
export async function runInBackground(settings: BackgroundSettings, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const thread = new Worker(new URL('./background-thread.ts', import.meta.url), { workerData: settings });
  let patience: NodeJS.Timeout | undefined;
  const stop = () => {
    thread.postMessage('stop');
    patience = setTimeout(() => thread.terminate(), stopPatienceMs);
  };
  signal.addEventListener('abort', stop);
  try {
    await once(thread, 'exit');
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', stop);
  }
  if (!signal.aborted) throw new Error('the background thread ended');
}
