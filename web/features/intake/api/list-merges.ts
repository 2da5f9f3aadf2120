import { queryOptions } from '@tanstack/react-query';
import { listMerges } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';

export type Merge = Answer<typeof listMerges>['items'][number];

export const mergesQuery = queryOptions({
  queryKey: ['intake', 'merges'],
  queryFn: ({ signal }) => call(listMerges, {}, { signal }),
});
