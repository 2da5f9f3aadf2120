import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer, Sent } from '#contracts/kit.ts';
import { createNote, listNotes, updateNote } from '#contracts/notes.ts';
import { errorText } from '#web/lib/errors.ts';
import { toast } from '#web/ui/toast.tsx';

export type Note = Answer<typeof createNote>;

export function notesQuery(accountId: number) {
  return queryOptions({
    queryKey: ['account', accountId, 'notes'],
    queryFn: ({ signal }) => call(listNotes, { params: { id: accountId } }, { signal }),
  });
}

/** Those that were deleted and can be brought back. */
export function deletedNotesQuery(accountId: number) {
  return queryOptions({
    queryKey: ['account', accountId, 'notes', 'deleted'],
    queryFn: ({ signal }) => call(listNotes, { params: { id: accountId }, query: { deleted: 'true' } }, { signal }),
  });
}

export function useCreateNote(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: string) => call(createNote, { params: { id: accountId }, body: { body } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', accountId] }),
  });
}

export function useUpdateNote(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: number; body: Sent<typeof updateNote>['body'] }) =>
      call(updateNote, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', accountId] }),
    onError: (error) => toast({ tone: 'failed', text: `${errorText(error).title}. The note is as it was.` }),
  });
}
