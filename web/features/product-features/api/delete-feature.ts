import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { deleteFeature } from '#contracts/signals.ts';

export function useDeleteFeature() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteFeature, { params: { id } }),
    onSuccess: () => {
      for (const key of ['features', 'event-names', 'works']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
