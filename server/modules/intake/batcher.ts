/**
 * Gathers the messages of many requests into one transaction (25 ms or 2 000 messages), and answers each request after
 * its commit. Single inserts cost 15 times as much.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { unavailable } from '#server/errors.ts';
import { type Flush, type Outcome, type Submission, sizeOf } from './flush.ts';

const flushAfterMs = 25;
const flushAtMessages = 2_000;
/** Beyond this the database is too slow: clients are told to come back before memory grows. */
const most = { messages: 40_000, bytes: 64 * 1024 * 1024 };
/** A client that waits longer is told to come back; should its messages be stored after all, their repetition changes nothing. */
const patienceMs = 5_000;

export interface Batcher {
  /** Resolves after commit. @throws AppError 503 when the database is gone or far behind */
  submit(submission: Submission): Promise<Outcome>;
  /** Waits for what is under way. */
  drain(): Promise<void>;
}

interface Waiting extends Submission {
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
  /** its client has been sent away */
  late: boolean;
}

export function createBatcher(flush: Flush, { patience = patienceMs }: { patience?: number } = {}): Batcher {
  let waiting: Waiting[] = [];
  /** of what waits and of what is being stored */
  const held = { messages: 0, bytes: 0 };
  let running: Promise<void> | null = null;

  function hold(submission: Submission, sign: 1 | -1): void {
    held.messages += sign * sizeOf(submission);
    held.bytes += sign * submission.bytes;
  }

  async function flushAll(): Promise<void> {
    while (waiting.length > 0) {
      if (held.messages < flushAtMessages) await delay(flushAfterMs);
      const taken = waiting;
      waiting = [];
      const wanted = taken.filter((request) => !request.late);
      const byWorkspace = Map.groupBy(wanted, (request) => request.owner.workspaceId);
      await Promise.all([...byWorkspace].map(([id, own]) => flushInChunks(flush, id, own)));
      for (const request of taken) hold(request, -1);
    }
    running = null;
  }

  return {
    submit(submission) {
      const full = held.messages + sizeOf(submission) > most.messages || held.bytes + submission.bytes > most.bytes;
      if (full) return Promise.reject(unavailable('Too much is waiting to be stored.'));
      const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
      const request = { ...submission, resolve, reject, late: false };
      const timer = setTimeout(() => {
        request.late = true;
        reject(unavailable('The database is too slow.'));
      }, patience);
      waiting.push(request);
      hold(request, 1);
      running ??= flushAll();
      return promise.finally(() => clearTimeout(timer));
    },
    drain: () => running ?? Promise.resolve(),
  };
}

async function flushInChunks(flush: Flush, workspaceId: number, requests: readonly Waiting[]): Promise<void> {
  for (const chunk of chunksOf(requests)) {
    try {
      const outcomes = await flush(workspaceId, chunk);
      for (const [i, request] of chunk.entries()) request.resolve(outcomes[i]!);
    } catch (error) {
      for (const request of chunk) request.reject(error);
    }
  }
}

/** Chunks keep a transaction short when many requests have piled up. */
function chunksOf(requests: readonly Waiting[]): Waiting[][] {
  const chunks: Waiting[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const request of requests) {
    if (size + sizeOf(request) > flushAtMessages) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)!.push(request);
    size += sizeOf(request);
  }
  return chunks;
}
