import { useQuery } from '@tanstack/react-query';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { deletedNotesQuery, useUpdateNote } from '../api/notes.ts';
import { NoteText } from './note-text.tsx';

/** Notes that were deleted: folded away, as they are rarely looked for, but never gone. */
export function DeletedNotes({ accountId }: { accountId: number }) {
  const { can } = useSignedIn();
  const { data } = useQuery(deletedNotesQuery(accountId));
  const update = useUpdateNote(accountId);
  if (!data || data.items.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="text-xs text-muted">{countOf(data.items.length, 'deleted note')}</summary>
      <ul className="mt-2 flex flex-col gap-3">
        {data.items.map(({ id, authorName, body, createdAt, deletedAt }) => (
          <li key={id} className="rounded-lg border border-line bg-sunken p-4">
            <header className="mb-1.5 flex flex-wrap items-center gap-2 text-xs text-faint">
              <span className="font-medium text-muted">{authorName}</span>
              <DateText value={createdAt} />
              <span>
                deleted <DateText value={deletedAt} />
              </span>
              <span className="flex-1" />
              {can('accounts.write') && (
                <Button
                  size="sm"
                  busy={update.isPending && update.variables.id === id}
                  onClick={() => update.mutate({ id, body: { deleted: false } })}
                >
                  Restore
                </Button>
              )}
            </header>
            <NoteText text={body} className="text-muted" />
          </li>
        ))}
      </ul>
    </details>
  );
}
