import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { getHealth, getHealthChange, getHealthHistory } from '#contracts/health.ts';
import type { Answer } from '#contracts/kit.ts';

export type AccountHealth = Answer<typeof getHealth>;
export type HealthChange = Answer<typeof getHealthChange>;

/** Why the score is what it is; now, or at the end of a past day. */
export function healthQuery(id: number, asOf: string | undefined) {
  return queryOptions({
    queryKey: ['account', id, 'health', asOf ?? 'now'],
    queryFn: ({ signal }) => call(getHealth, { params: { id }, query: { ...(asOf && { asOf }) } }, { signal }),
  });
}

/** Why it changed since a day. */
export function healthChangeQuery(id: number, from: string, to: string | undefined) {
  return queryOptions({
    queryKey: ['account', id, 'health-change', from, to ?? 'now'],
    queryFn: ({ signal }) => call(getHealthChange, { params: { id }, query: { from, ...(to && { to }) } }, { signal }),
  });
}

/** Daily scores. */
export function healthHistoryQuery(id: number, from: string) {
  return queryOptions({
    queryKey: ['account', id, 'health-history', from],
    queryFn: ({ signal }) => call(getHealthHistory, { params: { id }, query: { from } }, { signal }),
  });
}
