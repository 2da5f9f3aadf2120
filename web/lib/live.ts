import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { addressOf } from '#contracts/client.ts';
import { liveUpdates } from '#contracts/portfolio.ts';

/** Accounts that were judged again: some by id, or too many to name. */
export type JudgedAccounts = number[] | 'many';

/** Reads the data of an `accounts` message; null when it is not understood. */
export function readJudged(data: string): JudgedAccounts | null {
  try {
    const body: unknown = JSON.parse(data);
    if (typeof body !== 'object' || body === null || !('accounts' in body)) return null;
    if (body.accounts === null) return 'many';
    if (!Array.isArray(body.accounts)) return null;
    return body.accounts.filter((id): id is number => typeof id === 'number');
  } catch {
    return null;
  }
}

const listKeys = ['accounts', 'portfolio', 'risks'];
const listQuietMs = 2000;

/**
 * Keeps what is on the screen true: account pages are fetched again at once, lists at most every two seconds. Once, in the
 * shell. Query keys begin with ['account', id] for what belongs to one account.
 */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(addressOf(liveUpdates, {}));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = (...queryKey: unknown[]) => void client.invalidateQueries({ queryKey });
    const refreshLists = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const key of listKeys) refresh(key);
      }, listQuietMs);
    };
    source.addEventListener('accounts', (event: MessageEvent<string>) => {
      const judged = readJudged(event.data);
      if (judged === null) return;
      if (judged === 'many') refresh('account');
      else for (const id of judged) refresh('account', id);
      refreshLists();
    });
    source.addEventListener('work', () => refresh('works'));
    source.addEventListener('import', () => refresh('imports'));
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [client]);
}
