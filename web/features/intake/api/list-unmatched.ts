import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listUnmatched } from '#contracts/intake.ts';
import type { Answer } from '#contracts/kit.ts';

export type UnmatchedReference = Answer<typeof listUnmatched>['items'][number];
const pageSize = 50;

/** References that found no account, those with most facts first. */
export const unmatchedQuery = infiniteQueryOptions({
  queryKey: ['intake', 'unmatched'],
  queryFn: ({ pageParam, signal }) =>
    call(listUnmatched, { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } }, { signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.nextCursor,
});
