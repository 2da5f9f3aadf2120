import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { listEventNames } from '#contracts/signals.ts';

export type EventName = Answer<typeof listEventNames>['items'][number];

/** Names of events seen so far that contain a text, the most frequent first. */
export function eventNamesQuery(q: string) {
  const text = q.trim();
  return queryOptions({
    queryKey: ['event-names', text],
    queryFn: ({ signal }) => call(listEventNames, { query: text ? { q: text } : {} }, { signal }),
    placeholderData: keepPreviousData,
  });
}
