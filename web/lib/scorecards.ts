import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listScorecards } from '#contracts/health.ts';
import type { Band, Scorecard } from '#core/health/scorecard.ts';
import type { StatusTone } from '#web/ui/badge.tsx';

const freshMs = 60_000;

export const scorecardsQuery = queryOptions({
  queryKey: ['scorecards'],
  queryFn: ({ signal }) => call(listScorecards, {}, { signal }),
  staleTime: freshMs,
});

/** How a band looks: its meaning, its name. */
export interface BandLook {
  tone: StatusTone;
  name: string;
}

export const noScore: BandLook = { tone: 'none', name: 'Not enough data' };

/** A scorecard definition as the API sends it. core/health checked it when it was saved. */
export function asScorecard(definition: Record<string, unknown>): Scorecard {
  return definition as unknown as Scorecard;
}

export function lookOf(band: string | null | undefined, bands: readonly Band[]): BandLook {
  const found = bands.find((one) => one.key === band);
  return found ? { tone: found.tone, name: found.name } : band ? { tone: 'none', name: band } : noScore;
}

const noBands: readonly Band[] = [];

/** The bands of the primary scorecard; empty until they are loaded. */
export function usePrimaryBands(): readonly Band[] {
  const { data } = useQuery(scorecardsQuery);
  const definition = data?.items.find((scorecard) => scorecard.isPrimary)?.definition;
  return definition ? asScorecard(definition).bands : noBands;
}
