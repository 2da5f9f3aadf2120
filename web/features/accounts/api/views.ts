import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { createView, deleteView, listViews, updateView } from '#contracts/workspace.ts';
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

/** Makes a saved view show what is shown now. */
export function useUpdateView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, state }: { id: number; state: Record<string, unknown> }) =>
      call(updateView, { params: { id }, body: { state: JSON.parse(JSON.stringify(state)) } }),
    onSuccess: (view) => {
      toast({ text: `${view.name} saved` });
      return client.invalidateQueries({ queryKey: ['views'] });
    },
    onError: (error) => toast({ tone: 'failed', text: `${errorText(error).title}. The view is as it was.` }),
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
