/** One listening connection for the whole process; every open screen subscribes here. */
import { listen } from '#server/platform/db/listen.ts';
import type { Logger } from '#server/platform/log/log.ts';

/** What travels on the channel 'perennial_live'. */
export interface LiveMessage {
  workspaceId: number;
  kind: 'accounts' | 'work' | 'import' | 'telemetry';
  /** accounts that were judged; null = too many to name */
  accounts?: number[] | null;
  [more: string]: unknown;
}

export interface Hub {
  subscribe(workspaceId: number, onMessage: (message: LiveMessage) => void): () => void;
  /** Tells this process's own screens. */
  publish(message: LiveMessage): void;
  /** Whether anybody is there to be told. */
  hasSubscribers(workspaceId: number): boolean;
}

export function createHub(databaseUrl: string, log: Logger, stopping: AbortSignal): Hub {
  const subscribers = new Map<number, Set<(message: LiveMessage) => void>>();
  const hub: Hub = {
    subscribe(workspaceId, onMessage) {
      const own = subscribers.get(workspaceId) ?? new Set();
      subscribers.set(workspaceId, own.add(onMessage));
      return () => own.delete(onMessage);
    },
    publish(message) {
      for (const tell of subscribers.get(message.workspaceId) ?? []) tell(message);
    },
    hasSubscribers: (workspaceId) => (subscribers.get(workspaceId)?.size ?? 0) > 0,
  };
  void listen(
    databaseUrl,
    'perennial_live',
    (payload) => {
      const message = messageOf(payload);
      if (message) hub.publish(message);
    },
    log,
    stopping,
  );
  return hub;
}

/** Null for an empty notification, and for what somebody else has sent on the channel. */
function messageOf(payload: string): LiveMessage | null {
  try {
    const parsed: unknown = JSON.parse(payload);
    return parsed !== null && typeof parsed === 'object' && 'workspaceId' in parsed ? (parsed as LiveMessage) : null;
  } catch {
    return null;
  }
}
