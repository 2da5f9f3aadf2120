import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listImports } from '#contracts/intake.ts';

const pageSize = 30;
const pollMs = 1500;

/** Imports, newest first; asked again while one is under way. */
export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call(listImports, { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } }, { signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.nextCursor,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.items.some(({ status }) => status === 'checking' || status === 'running'))
      ? pollMs
      : false,
});
