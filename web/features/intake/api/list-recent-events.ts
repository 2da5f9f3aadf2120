import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { recentEvents } from '#contracts/intake.ts';
import type { Answer } from '#contracts/kit.ts';

export type RecentEvent = Answer<typeof recentEvents>['items'][number];
const shown = 100;

/** What arrived before the page was opened; the stream brings the rest. */
export const recentEventsQuery = queryOptions({
  queryKey: ['intake', 'recent'],
  queryFn: ({ signal }) => call(recentEvents, { query: { limit: shown } }, { signal }),
  gcTime: 0,
  staleTime: 0,
});
