import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listNoteVersions } from '#contracts/notes.ts';

/** Every text that a note has had, newest first. */
export function noteVersionsQuery(accountId: number, noteId: number) {
  return queryOptions({
    queryKey: ['account', accountId, 'notes', noteId, 'versions'],
    queryFn: ({ signal }) => call(listNoteVersions, { params: { id: noteId } }, { signal }),
  });
}
