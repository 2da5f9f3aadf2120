import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listWriteKeys } from '#contracts/workspace.ts';

export const writeKeysQuery = queryOptions({
  queryKey: ['write-keys'],
  queryFn: ({ signal }) => call(listWriteKeys, {}, { signal }),
});
