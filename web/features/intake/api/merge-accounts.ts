import { useMutation, useQueryClient } from '@tanstack/react-query';
import { mergeAccounts } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';

/** Merges one account into another. */
export function useMergeAccounts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ keptId, otherId }: { keptId: number; otherId: number }) =>
      call(mergeAccounts, { params: { id: keptId }, body: { otherId } }),
    onSuccess: () => {
      for (const key of ['intake', 'accounts', 'portfolio', 'account'])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
