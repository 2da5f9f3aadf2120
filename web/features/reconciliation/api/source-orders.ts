import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { listSourceOrders, putSourceOrder } from '#contracts/reconciliation.ts';

export type SourceOrder = Answer<typeof listSourceOrders>['items'][number];

export const sourceOrdersQuery = queryOptions({
  queryKey: ['reconciliation', 'orders'],
  queryFn: ({ signal }) => call(listSourceOrders, {}, { signal }),
});

/** Sets the order of a field; null = the usual one. Accounts follow it. */
export function useSetOrder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { field: string; sources: string[] | null }) => call(putSourceOrder, { body }),
    onSuccess: (orders) => {
      client.setQueryData(sourceOrdersQuery.queryKey, orders);
      for (const key of ['reconciliation', 'account', 'accounts', 'portfolio'])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
