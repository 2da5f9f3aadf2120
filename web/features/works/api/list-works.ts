import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listWorks } from '#contracts/workspace.ts';

const pollMs = 1500;

/** Long works; asked again while one is under way, beside what the live stream brings. */
export const worksQuery = queryOptions({
  queryKey: ['works'],
  queryFn: ({ signal }) => call(listWorks, {}, { signal }),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ status }) => status === 'queued' || status === 'running') ? pollMs : false,
});
