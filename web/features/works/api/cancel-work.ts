import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { cancelWork } from '#contracts/workspace.ts';
import { worksQuery } from './list-works.ts';

export function useCancelWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(cancelWork, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: worksQuery.queryKey }),
  });
}
