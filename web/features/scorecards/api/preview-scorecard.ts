import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { previewScorecard } from '#contracts/health.ts';
import type { Answer } from '#contracts/kit.ts';
import type { Scorecard } from '#core/health/scorecard.ts';

export type BookPreview = Answer<typeof previewScorecard>;

/** What a definition would make of the whole book; `compareWith` undefined = the primary scorecard. */
export function previewQuery(card: Scorecard, compareWith: number | undefined) {
  return queryOptions({
    queryKey: ['scorecards', 'preview', compareWith ?? 'primary', JSON.stringify(card)],
    queryFn: ({ signal }) =>
      call(previewScorecard, { body: { definition: { ...card }, ...(compareWith && { compareWith }) } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  });
}
