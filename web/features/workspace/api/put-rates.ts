import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { putRates } from '#contracts/workspace.ts';
import { ratesQuery } from './list-rates.ts';

export type Rate = Sent<typeof putRates>['body']['items'][number];

/** Replaces all rates. */
export function usePutRates() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (items: Rate[]) => call(putRates, { body: { items } }),
    onSuccess: (rates) => {
      client.setQueryData(ratesQuery.queryKey, rates);
      void client.invalidateQueries({ queryKey: ['works'] });
    },
  });
}
