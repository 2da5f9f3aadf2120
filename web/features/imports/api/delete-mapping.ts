import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { deleteMapping } from '#contracts/intake.ts';
import { mappingsQuery } from './list-mappings.ts';

export function useDeleteMapping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteMapping, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: mappingsQuery.queryKey }),
  });
}
