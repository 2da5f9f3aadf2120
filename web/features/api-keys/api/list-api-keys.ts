import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listApiKeys } from '#contracts/workspace.ts';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => call(listApiKeys, {}, { signal }),
});
