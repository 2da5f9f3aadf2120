import { useEffect, useRef, useState } from 'react';
import { addressOf } from '#contracts/client.ts';
import { streamEvents } from '#contracts/intake.ts';
import type { RecentEvent } from './list-recent-events.ts';

export interface LiveEvent extends RecentEvent {
  /** counted in this browser, so that each line keeps its identity */
  line: number;
  /** whether it is known which account it found */
  settled: boolean;
}

const kept = 300;
/** Lines are drawn together: a busy source brings hundreds a second. */
const drawMs = 250;

/**
 * Reads one message of the stream; null when it is not an event. The stream tells of an event before its account is
 * known, and leaves out the moment of its arrival, which is `now`.
 */
export function readEvent(data: string, now: number): Omit<LiveEvent, 'line'> | null {
  try {
    const body: unknown = JSON.parse(data);
    if (typeof body !== 'object' || body === null) return null;
    const { messageId, kind, name, at, user, group, properties } = body as Record<string, unknown>;
    if (typeof kind !== 'string' || typeof messageId !== 'string') return null;
    const receivedAt = new Date(now).toISOString();
    return {
      messageId,
      kind,
      name: text(name) ?? kind,
      at: text(at) ?? receivedAt,
      receivedAt,
      user: text(user),
      reference: text(group),
      properties: properties ?? {},
      accountId: null,
      accountName: null,
      settled: false,
    };
  } catch {
    return null;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Events as they arrive, the newest first, at most 300. While paused they are counted and kept back. */
export function useEventStream(paused: boolean): {
  events: readonly LiveEvent[];
  /** arrived since the pause */
  waiting: number;
  connected: boolean;
} {
  const [events, setEvents] = useState<readonly LiveEvent[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [connected, setConnected] = useState(false);
  const held = useRef<LiveEvent[]>([]);
  const isPaused = useRef(paused);
  isPaused.current = paused;

  useEffect(() => {
    const source = new EventSource(addressOf(streamEvents, {}));
    let line = 0;
    const take = (message: MessageEvent<string>) => {
      const event = readEvent(message.data, Date.now());
      if (!event) return;
      held.current = [{ ...event, line: line++ }, ...held.current].slice(0, kept);
    };
    for (const type of ['message', 'event']) source.addEventListener(type, take);
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    const timer = setInterval(() => {
      const arrived = held.current;
      setWaiting(isPaused.current ? arrived.length : 0);
      if (isPaused.current || arrived.length === 0) return;
      held.current = [];
      setEvents((old) => [...arrived, ...old].slice(0, kept));
    }, drawMs);
    return () => {
      source.close();
      clearInterval(timer);
    };
  }, []);
  return { events, waiting, connected };
}
