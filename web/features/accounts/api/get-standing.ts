import { queryOptions } from '@tanstack/react-query';
import { getStanding } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';

/** Owner, tier and stage of a past day. */
export function standingQuery(id: number, asOf: string) {
  return queryOptions({
    queryKey: ['account', id, 'standing', asOf],
    queryFn: ({ signal }) => call(getStanding, { params: { id }, query: { asOf } }, { signal }),
  });
}
