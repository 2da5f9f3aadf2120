import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { getAccountSignals } from '#contracts/signals.ts';

/** When each signal of an account last had a fact, by key. */
export function freshnessQuery(accountId: number, asOf: string | undefined) {
  return queryOptions({
    queryKey: ['account', accountId, 'signals', asOf ?? 'now', 'now'],
    queryFn: ({ signal }) =>
      call(
        getAccountSignals,
        { params: { id: accountId }, query: { ...(asOf && { asOf }), reading: 'now' as const } },
        { signal },
      ),
    select: ({ items }) => new Map(items.map((item) => [item.key, item.freshAt])),
  });
}
