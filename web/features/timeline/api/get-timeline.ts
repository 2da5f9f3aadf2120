import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { getTimeline } from '#contracts/timeline.ts';
import { browserLocale } from '#web/lib/format.ts';

const pageSize = 60;

/** All facts of an account, newest first; of a past day those up to its end. */
export function timelineQuery(accountId: number, kinds: readonly string[], asOf: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['account', accountId, 'timeline', kinds, asOf ?? 'now'],
    queryFn: ({ pageParam, signal }) =>
      call(
        getTimeline,
        {
          params: { id: accountId },
          query: {
            limit: pageSize,
            locale: browserLocale(),
            ...(asOf && { asOf }),
            ...(kinds.length > 0 && { kinds: kinds.join(',') }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}
