import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listRejected } from '#contracts/intake.ts';
import type { Answer } from '#contracts/kit.ts';

export type RejectedEvent = Answer<typeof listRejected>['items'][number];
const pageSize = 50;

/** Events that were set aside, newest first. */
export const rejectedQuery = infiniteQueryOptions({
  queryKey: ['intake', 'rejected'],
  queryFn: ({ pageParam, signal }) =>
    call(listRejected, { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } }, { signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.nextCursor,
});
