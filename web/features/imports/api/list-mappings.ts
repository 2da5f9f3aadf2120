import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listMappings } from '#contracts/intake.ts';

export const mappingsQuery = queryOptions({
  queryKey: ['import-mappings'],
  queryFn: ({ signal }) => call(listMappings, {}, { signal }),
});
