import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listVersions } from '#contracts/health.ts';

export function versionsQuery(id: number) {
  return queryOptions({
    queryKey: ['scorecards', id, 'versions'],
    queryFn: ({ signal }) => call(listVersions, { params: { id } }, { signal }),
  });
}
