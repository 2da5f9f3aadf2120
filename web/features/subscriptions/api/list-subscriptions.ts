import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listSubscriptions } from '#contracts/subscriptions.ts';

export function subscriptionsQuery(accountId: number) {
  return queryOptions({
    queryKey: ['account', accountId, 'subscriptions'],
    queryFn: ({ signal }) => call(listSubscriptions, { params: { id: accountId } }, { signal }),
  });
}
