import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { cancelImport } from '#contracts/intake.ts';
import { importQuery } from './get-import.ts';

/** Stops; what was stored stays. */
export function useCancelImport(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(cancelImport, { params: { id } }),
    onSuccess: (job) => {
      client.setQueryData(importQuery(id).queryKey, job);
      void client.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
}
