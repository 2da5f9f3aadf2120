import { queryOptions } from '@tanstack/react-query';
import { listSubscriptions } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';

export function subscriptionsQuery(accountId: number) {
  return queryOptions({
    queryKey: ['account', accountId, 'subscriptions'],
    queryFn: ({ signal }) => call(listSubscriptions, { params: { id: accountId } }, { signal }),
  });
}
