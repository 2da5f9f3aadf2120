import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { addressOf } from '#contracts/client.ts';
import { liveUpdates } from '#contracts/portfolio.ts';

/** What the server says has changed. */
export interface LiveUpdate {
  type: string;
  /** accounts whose score or risk changed */
  accountIds: number[];
}

/** Reads one message of the stream; null when it is not one of ours. */
export function readLiveUpdate(type: string, data: string): LiveUpdate | null {
  try {
    const body: unknown = JSON.parse(data);
    if (typeof body !== 'object' || body === null) return null;
    const { accountIds, accountId } = body as { accountIds?: unknown; accountId?: unknown };
    const ids = Array.isArray(accountIds) ? accountIds : accountId === undefined ? [] : [accountId];
    return { type, accountIds: ids.filter((id): id is number => typeof id === 'number') };
  } catch {
    return null;
  }
}

const listTypes = ['accounts', 'portfolio', 'risks'];
const listQuietMs = 2000;
const streamTypes = ['message', 'account', 'accounts', 'risk', 'work'];

/**
 * Keeps what is on the screen true: account pages are fetched again at once, lists at most every two seconds. Once, in the
 * shell. Query keys begin with ['account', id] for what belongs to one account.
 */
export function useLive(enabled: boolean): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!enabled) return;
    const source = new EventSource(addressOf(liveUpdates, {}));
    const refreshLists = () => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        for (const key of listTypes) client.invalidateQueries({ queryKey: [key] });
      }, listQuietMs);
    };
    const onMessage = (event: MessageEvent<string>) => {
      const update = readLiveUpdate(event.type, event.data);
      if (!update) return;
      if (update.type === 'work') client.invalidateQueries({ queryKey: ['works'] });
      for (const id of update.accountIds) client.invalidateQueries({ queryKey: ['account', id] });
      if (update.accountIds.length > 0) refreshLists();
    };
    for (const type of streamTypes) source.addEventListener(type, onMessage);
    return () => {
      source.close();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [client, enabled]);
}
