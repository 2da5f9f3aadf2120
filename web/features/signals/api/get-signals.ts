import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { getAccountSignals, getSignalFacts, getSignalHistory } from '#contracts/signals.ts';

export type Reading = 'now' | 'then';

/** Every signal of an account; now, or at the end of a past day in one of the two readings of the past. */
export function accountSignalsQuery(id: number, asOf: string | undefined, reading: Reading = 'now') {
  return queryOptions({
    queryKey: ['account', id, 'signals', asOf ?? 'now', reading],
    queryFn: ({ signal }) =>
      call(getAccountSignals, { params: { id }, query: { ...(asOf && { asOf }), reading } }, { signal }),
  });
}

/** Daily values of one signal. */
export function signalHistoryQuery(id: number, key: string, from: string) {
  return queryOptions({
    queryKey: ['account', id, 'signal-history', key, from],
    queryFn: ({ signal }) => call(getSignalHistory, { params: { id, key }, query: { from } }, { signal }),
  });
}

const pageSize = 20;

/** The facts behind a signal, newest first. */
export function signalFactsQuery(id: number, key: string, asOf: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['account', id, 'signal-facts', key, asOf ?? 'now'],
    queryFn: ({ pageParam, signal }) =>
      call(
        getSignalFacts,
        {
          params: { id, key },
          query: { limit: pageSize, ...(asOf && { asOf }), ...(pageParam && { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
}
