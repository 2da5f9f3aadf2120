import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listUnmatched } from '#contracts/intake.ts';
import type { Answer } from '#contracts/kit.ts';

export type UnmatchedReference = Answer<typeof listUnmatched>['items'][number];
const pageSize = 50;

/** References that found no account, those with most facts first; `ignored`: those that were left out as nobody's. */
export const unmatchedQuery = (ignored = false) =>
  infiniteQueryOptions({
    queryKey: ['intake', 'unmatched', { ignored }],
    queryFn: ({ pageParam, signal }) =>
      call(
        listUnmatched,
        { query: { limit: pageSize, ...(ignored && { ignored: 'true' }), ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
