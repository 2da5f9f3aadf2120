import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { type ImportMapping, startImport } from '#contracts/intake.ts';
import { importQuery } from './get-import.ts';

/** Stores the facts. */
export function useStartImport(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: ImportMapping) => call(startImport, { params: { id }, body: { mapping } }),
    onSuccess: (job) => {
      client.setQueryData(importQuery(id).queryKey, job);
      void client.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
}
