import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { checkImport, type ImportMapping } from '#contracts/intake.ts';
import { importQuery } from './get-import.ts';

/** Dry run: counts and problems, nothing is stored. */
export function useCheckImport(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: ImportMapping) => call(checkImport, { params: { id }, body: { mapping } }),
    onSuccess: (job) => {
      client.setQueryData(importQuery(id).queryKey, job);
      void client.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
}
