import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { createView, deleteView, listViews } from '#contracts/workspace.ts';
import { errorText } from '#web/lib/errors.ts';
import { toast } from '#web/ui/toast.tsx';

export const accountViewsQuery = queryOptions({
  queryKey: ['views', 'accounts'],
  queryFn: ({ signal }) => call(listViews, { query: { resource: 'accounts' } }, { signal }),
});

export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, shared, state }: { name: string; shared: boolean; state: Record<string, unknown> }) =>
      // Through JSON, so that only what an address can hold is kept.
      call(createView, { body: { resource: 'accounts', name, shared, state: JSON.parse(JSON.stringify(state)) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['views'] }),
  });
}

export function useDeleteView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteView, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['views'] }),
    onError: (error) => toast({ tone: 'failed', text: errorText(error).title }),
  });
}
