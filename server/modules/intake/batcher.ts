/**
 * Gathers the messages of many requests into one transaction (25 ms or 2 000 messages), and answers each request after
 * its commit. Single inserts cost 15 times as much.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { unavailable } from '#server/errors.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { databaseFault } from '#server/platform/http/database-fault.ts';
import type { KeyOwner } from './keys.ts';
import type { Batch, Message, Rejection } from './read.ts';
import { countIntake, type Stored, setAside, storeMessages } from './store.ts';

export interface Submission extends Batch {
  owner: KeyOwner;
  source: string;
}

export interface Outcome extends Stored {
  rejected: Rejection[];
}

interface Waiting extends Submission {
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

const flushAfterMs = 25;
const flushAtMessages = 2_000;
/** Beyond this the database is too slow: clients are told to come back before memory grows. */
const mostWaiting = 40_000;

export interface Batcher {
  /** Resolves after commit. @throws AppError 503 when the database is gone or far behind */
  submit(submission: Submission): Promise<Outcome>;
  /** Waits for what is under way. */
  drain(): Promise<void>;
}

export function createBatcher(
  pool: Pool,
  onStored: (workspaceId: number, messages: readonly Message[]) => void,
): Batcher {
  let waiting: Waiting[] = [];
  let messagesWaiting = 0;
  let running: Promise<void> | null = null;

  async function flushAll(): Promise<void> {
    while (waiting.length > 0) {
      if (messagesWaiting < flushAtMessages) await delay(flushAfterMs);
      const taken = waiting;
      waiting = [];
      messagesWaiting = 0;
      await Promise.all(
        [...Map.groupBy(taken, (w) => w.owner.workspaceId)].map(([workspaceId, own]) =>
          flush(pool, workspaceId, own, onStored),
        ),
      );
    }
    running = null;
  }

  return {
    submit(submission) {
      const size = submission.messages.length + submission.rejected.length;
      if (messagesWaiting + size > mostWaiting) return Promise.reject(unavailable('Too much is waiting to be stored.'));
      return new Promise((resolve, reject) => {
        waiting.push({ ...submission, resolve, reject });
        messagesWaiting += size;
        running ??= flushAll();
      });
    },
    drain: () => running ?? Promise.resolve(),
  };
}

async function flush(
  pool: Pool,
  workspaceId: number,
  requests: readonly Waiting[],
  onStored: (workspaceId: number, messages: readonly Message[]) => void,
): Promise<void> {
  // Chunks keep a transaction short when many requests have piled up.
  for (const chunk of chunksOf(requests, flushAtMessages)) {
    try {
      const outcomes = await transaction(pool, workspaceId, (tx) => store(tx, workspaceId, chunk));
      for (const [i, request] of chunk.entries()) request.resolve(outcomes[i]!);
      onStored(
        workspaceId,
        chunk.flatMap((request) => request.messages),
      );
    } catch (error) {
      if (chunk.length > 1 && databaseFault(error)?.status !== 503) {
        // One request cannot be stored: the others must not suffer for it.
        for (const request of chunk) await flush(pool, workspaceId, [request], onStored);
      } else for (const request of chunk) request.reject(error);
    }
  }
}

function chunksOf(requests: readonly Waiting[], most: number): Waiting[][] {
  const chunks: Waiting[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const request of requests) {
    if (size + request.messages.length > most) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)!.push(request);
    size += request.messages.length;
  }
  return chunks;
}

async function store(tx: Tx, workspaceId: number, requests: readonly Waiting[]): Promise<Outcome[]> {
  const now = Date.now();
  const messages = requests.flatMap((r) => r.messages);
  const total =
    messages.length > 0
      ? await storeMessages(tx, workspaceId, messages, now)
      : { stored: 0, duplicates: 0, unmatched: 0 };
  for (const { owner, rejected } of requests) await setAside(tx, workspaceId, owner.keyId, rejected);
  await countIntake(tx, workspaceId, countBySource(requests, total, now));
  return requests.map((r) => ({ ...total, stored: r.messages.length, rejected: r.rejected }));
}

function countBySource(requests: readonly Waiting[], total: Stored, now: number) {
  const all = requests.reduce((sum, r) => sum + r.messages.length, 0);
  return [...Map.groupBy(requests, (r) => r.source)].map(([source, own]) => {
    const messages = own.flatMap((r) => r.messages);
    const share = all === 0 ? 0 : messages.length / all;
    const times = messages.map((m) => m.at ?? now);
    const duplicates = Math.round(total.duplicates * share);
    return {
      source,
      stored: messages.length - duplicates,
      duplicates,
      unmatched: Math.round(total.unmatched * share),
      rejected: own.reduce((sum, r) => sum + r.rejected.length, 0),
      lastEventAt: times.length === 0 ? null : Math.max(...times),
      maxLagMs: times.length === 0 ? 0 : Math.max(0, now - Math.min(...times)),
    };
  });
}
