import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listFindings } from '#contracts/intake.ts';
import type { Answer } from '#contracts/kit.ts';

export type Finding = Answer<typeof listFindings>['items'][number];

export const findingsQuery = queryOptions({
  queryKey: ['intake', 'findings'],
  queryFn: ({ signal }) => call(listFindings, {}, { signal }),
});
