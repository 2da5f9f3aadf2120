import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { listRules } from '#contracts/risk.ts';

export type Rule = Answer<typeof listRules>['items'][number];
export type TrackRecord = NonNullable<Rule['trackRecord']>;

const whileCountingMs = 2_000;

/** All rules; asked for again and again while the past of one is being counted. */
export const rulesQuery = queryOptions({
  queryKey: ['risk-rules'],
  queryFn: ({ signal }) => call(listRules, {}, { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some(({ counting }) => counting) ? whileCountingMs : false),
});
