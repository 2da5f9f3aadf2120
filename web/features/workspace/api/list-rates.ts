import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listRates } from '#contracts/workspace.ts';

export const ratesQuery = queryOptions({
  queryKey: ['workspace', 'rates'],
  queryFn: ({ signal }) => call(listRates, {}, { signal }),
});
