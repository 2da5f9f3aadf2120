/**
 * Gathers the messages of many requests into one transaction, and answers each request after its commit; single inserts
 * cost 15 times as much. What comes while a transaction is under way waits for the next, as in a group commit; where much
 * waits, a second is prepared while the database works on the first.
 */
import { unavailable } from '#server/errors.ts';
import { type Flush, type Outcome, type Submission, sizeOf } from './flush.ts';

/** The first of a pause waits this long for company. */
const lingerMs = 5;
const mostInFlush = 2_000;
/** So much must wait for a second flush beside the first: two small ones cost more than one. */
const secondFlushAt = 500;
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
  /** performance.now() of its coming */
  since: number;
}

export function createBatcher(flush: Flush, { patience = patienceMs }: { patience?: number } = {}): Batcher {
  const waiting: Waiting[] = [];
  /** of what waits and of what is being stored */
  const held = { messages: 0, bytes: 0 };
  let waitingMessages = 0;
  const flushes = new Set<Promise<void>>();
  let lingering: NodeJS.Timeout | undefined;

  function hold(submission: Submission, sign: 1 | -1): void {
    held.messages += sign * sizeOf(submission);
    held.bytes += sign * submission.bytes;
  }

  function take(): Waiting[] {
    let size = 0;
    let count = 0;
    for (const request of waiting) {
      if (count > 0 && size + sizeOf(request) > mostInFlush) break;
      size += sizeOf(request);
      count++;
    }
    waitingMessages -= size;
    return waiting.splice(0, count);
  }

  function flushNext(): void {
    clearTimeout(lingering);
    lingering = undefined;
    const taken = take();
    const wanted = Map.groupBy(
      taken.filter((request) => !request.late),
      (request) => request.owner.workspaceId,
    );
    const flushing = Promise.all([...wanted].map(([id, own]) => flushOne(flush, id, own))).then(() => {
      for (const request of taken) hold(request, -1);
      flushes.delete(flushing);
      schedule();
    });
    flushes.add(flushing);
  }

  function schedule(): void {
    if (waiting.length === 0) return;
    if (flushes.size === 0 && (waitingMessages >= mostInFlush || hasWaited())) flushNext();
    else if (flushes.size === 0) lingering ??= setTimeout(flushNext, lingerMs);
    else if (flushes.size === 1 && waitingMessages >= secondFlushAt) flushNext();
  }

  const hasWaited = () => waiting[0]!.since <= performance.now() - lingerMs;

  return {
    submit(submission) {
      const full = held.messages + sizeOf(submission) > most.messages || held.bytes + submission.bytes > most.bytes;
      if (full) return Promise.reject(unavailable('Too much is waiting to be stored.'));
      const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
      const request = { ...submission, resolve, reject, late: false, since: performance.now() };
      const timer = setTimeout(() => {
        request.late = true;
        reject(unavailable('The database is too slow.'));
      }, patience);
      waiting.push(request);
      waitingMessages += sizeOf(request);
      hold(request, 1);
      schedule();
      return promise.finally(() => clearTimeout(timer));
    },
    async drain() {
      while (waiting.length > 0 || flushes.size > 0) {
        if (flushes.size === 0) flushNext();
        await Promise.race(flushes);
      }
    },
  };
}

async function flushOne(flush: Flush, workspaceId: number, requests: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await flush(workspaceId, requests);
    for (const [i, request] of requests.entries()) request.resolve(outcomes[i]!);
  } catch (error) {
    for (const request of requests) request.reject(error);
  }
}
