import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { tiers } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { getBandHistory, getMovers, getPortfolio, getScatter } from '#contracts/portfolio.ts';

/** Whose accounts; nothing is the whole book. */
export interface Scope {
  ownerId?: number;
  tier?: (typeof tiers)[number];
}

export type Portfolio = Answer<typeof getPortfolio>;
export type BandSum = Portfolio['bands'][number];

export function portfolioQuery(scope: Scope) {
  return queryOptions({
    queryKey: ['portfolio', 'now', scope],
    queryFn: ({ signal }) => call(getPortfolio, { query: scope }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function bandHistoryQuery(scope: Scope, from: string) {
  return queryOptions({
    queryKey: ['portfolio', 'history', scope, from],
    queryFn: ({ signal }) => call(getBandHistory, { query: { ...scope, from } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

const scatterDays = 365;

export function scatterQuery(scope: Scope) {
  return queryOptions({
    queryKey: ['portfolio', 'scatter', scope],
    queryFn: ({ signal }) => call(getScatter, { query: { ...scope, withinDays: scatterDays } }, { signal }),
    placeholderData: keepPreviousData,
  });
}

const moversShown = 5;

export function moversQuery(scope: Scope) {
  return queryOptions({
    queryKey: ['portfolio', 'movers', scope],
    queryFn: ({ signal }) => call(getMovers, { query: { ...scope, limit: moversShown } }, { signal }),
    placeholderData: keepPreviousData,
  });
}
