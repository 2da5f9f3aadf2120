import { useMutation } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { tryScorecard } from '#contracts/health.ts';
import type { Answer } from '#contracts/kit.ts';
import type { Scorecard } from '#core/health/scorecard.ts';

export type ScorecardTrial = Answer<typeof tryScorecard>;

export interface TrialWish {
  card: Scorecard;
  /** undefined = the primary scorecard */
  compareWith: number | undefined;
}

/** What a definition would have shown over the last year, and what became of those accounts. */
export function useTryScorecard() {
  return useMutation({
    mutationFn: ({ card, compareWith }: TrialWish) =>
      call(tryScorecard, { body: { definition: { ...card }, ...(compareWith && { compareWith }) } }),
  });
}
