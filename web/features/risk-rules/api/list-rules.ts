import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { listRules } from '#contracts/risk.ts';

export type Rule = Answer<typeof listRules>['items'][number];
export type TrackRecord = NonNullable<Rule['trackRecord']>;

export const rulesQuery = queryOptions({
  queryKey: ['risk-rules'],
  queryFn: ({ signal }) => call(listRules, {}, { signal }),
});
