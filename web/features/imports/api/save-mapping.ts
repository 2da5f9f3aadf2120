import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { type ImportMapping, saveMapping } from '#contracts/intake.ts';
import { mappingsQuery } from './list-mappings.ts';

/** Keeps a mapping under a name; the same name is replaced. */
export function useSaveMapping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; mapping: ImportMapping }) => call(saveMapping, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: mappingsQuery.queryKey }),
  });
}
