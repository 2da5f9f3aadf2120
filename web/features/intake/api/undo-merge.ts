import { useMutation, useQueryClient } from '@tanstack/react-query';
import { undoMerge } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';

/** Takes a merge apart again. */
export function useUndoMerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(undoMerge, { params: { id } }),
    onSuccess: () => {
      for (const key of ['intake', 'accounts', 'portfolio', 'account'])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
