import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listSources } from '#contracts/intake.ts';

const pollMs = 5000;

/** Sources with what they sent; asked again while the page is open. */
export const sourcesQuery = queryOptions({
  queryKey: ['intake', 'sources'],
  queryFn: ({ signal }) => call(listSources, {}, { signal }),
  refetchInterval: pollMs,
});
