import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { listAccountSources } from '#contracts/reconciliation.ts';

export type FieldSources = Answer<typeof listAccountSources>['items'][number];

/** Who says what about the account. */
export function accountSourcesQuery(id: number) {
  return queryOptions({
    queryKey: ['account', id, 'sources'],
    queryFn: ({ signal }) => call(listAccountSources, { params: { id } }, { signal }),
  });
}
