import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { getScorecard } from '#contracts/health.ts';
import type { Answer } from '#contracts/kit.ts';

export type ScorecardRecord = Answer<typeof getScorecard>;

export function scorecardQuery(id: number) {
  return queryOptions({
    queryKey: ['scorecards', id],
    queryFn: ({ signal }) => call(getScorecard, { params: { id } }, { signal }),
  });
}
