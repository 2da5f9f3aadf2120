/** Stores the messages of some requests in one transaction; one that cannot be stored does not take the others with it. */
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { isPoison } from '#server/platform/http/database-fault.ts';
import type { Logger } from '#server/platform/log/log.ts';
import type { KeyOwner } from './keys.ts';
import { countIntake } from './minutes.ts';
import type { Batch, Message, Rejection } from './read.ts';
import { type Stored, setAside, storeMessages } from './store.ts';

export interface Submission extends Batch {
  owner: KeyOwner;
  /** which SDK sent it */
  source: string;
  /** of the request's unpacked body */
  bytes: number;
}

export interface Outcome {
  /** stored now or before */
  accepted: number;
  rejected: Rejection[];
}

/** Resolves after commit with the outcome of each request. Rejects when the database is not to be had. */
export type Flush = (workspaceId: number, requests: readonly Submission[]) => Promise<Outcome[]>;

export interface FlushDeps {
  pool: Pool;
  log: Logger;
  /** told after commit */
  onStored: (workspaceId: number, messages: readonly Message[]) => void;
}

export function createFlush({ pool, log, onStored }: FlushDeps): Flush {
  async function flush(workspaceId: number, requests: readonly Submission[]): Promise<Outcome[]> {
    try {
      await transaction(pool, workspaceId, (tx) => store(tx, workspaceId, requests));
    } catch (error) {
      if (!isPoison(error)) throw error;
      return isolate(workspaceId, requests, error);
    }
    onStored(
      workspaceId,
      requests.flatMap((request) => request.messages),
    );
    return requests.map(({ messages, rejected }) => ({ accepted: messages.length, rejected }));
  }

  /** Halves what failed until the message at fault stands alone; that one is set aside, to be replayed after a mend. */
  async function isolate(workspaceId: number, requests: readonly Submission[], error: unknown): Promise<Outcome[]> {
    if (requests.length > 1) {
      const middle = requests.length >> 1;
      const first = await flush(workspaceId, requests.slice(0, middle));
      return [...first, ...(await flush(workspaceId, requests.slice(middle)))];
    }
    const [request] = requests as [Submission];
    const { messages, rejected } = request;
    if (messages.length === 0) throw error;
    if (messages.length > 1) {
      const middle = messages.length >> 1;
      const parts = [
        { ...request, messages: messages.slice(0, middle) },
        { ...request, messages: messages.slice(middle), rejected: [] },
      ];
      const outcomes = [...(await flush(workspaceId, [parts[0]!])), ...(await flush(workspaceId, [parts[1]!]))];
      return [
        {
          accepted: outcomes.reduce((sum, outcome) => sum + outcome.accepted, 0),
          rejected: outcomes.flatMap((outcome) => outcome.rejected),
        },
      ];
    }
    log.error({ err: error, workspaceId }, 'an event could not be stored and is set aside');
    const { index, payload } = messages[0]!;
    const refused = { index, field: '', reason: 'could not be stored', payload };
    return flush(workspaceId, [{ ...request, messages: [], rejected: [...rejected, refused] }]);
  }

  return flush;
}

/** Messages and rejections: what a request costs. */
export function sizeOf({ messages, rejected }: Batch): number {
  return messages.length + rejected.length;
}

async function store(tx: Tx, workspaceId: number, requests: readonly Submission[]): Promise<void> {
  const now = Date.now();
  const messages = requests.flatMap((request) => request.messages);
  const stored = messages.length > 0 ? await storeMessages(tx, workspaceId, messages, now) : [];
  for (const { owner, rejected } of requests) await setAside(tx, workspaceId, owner.keyId, rejected);
  await countIntake(tx, workspaceId, countsBySource(requests, stored), now);
}

/** Stored messages come in the order of the requests. */
function countsBySource(requests: readonly Submission[], stored: readonly Stored[]) {
  let from = 0;
  const parts = requests.map((request) => {
    const own = stored.slice(from, from + request.messages.length);
    from += request.messages.length;
    return { source: request.source, stored: own, rejected: request.rejected.length };
  });
  return [...Map.groupBy(parts, (part) => part.source)].map(([source, own]) => ({
    source,
    stored: own.flatMap((part) => part.stored),
    rejected: own.reduce((sum, part) => sum + part.rejected, 0),
  }));
}
