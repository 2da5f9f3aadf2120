import { queryOptions } from '@tanstack/react-query';
import { getAccount } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';

export function accountQuery(id: number) {
  return queryOptions({
    queryKey: ['account', id, 'head'],
    queryFn: ({ signal }) => call(getAccount, { params: { id } }, { signal }),
  });
}
