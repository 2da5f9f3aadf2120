import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { deleteCustomSignal } from '#contracts/signals.ts';

export function useDeleteCustomSignal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => call(deleteCustomSignal, { params: { key } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['signals'] }),
  });
}
