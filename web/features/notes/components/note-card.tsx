import { Pin } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Textarea } from '#web/ui/input.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { toast } from '#web/ui/toast.tsx';
import { type Note, useUpdateNote } from '../api/notes.ts';
import { NoteHistory } from './note-history.tsx';
import { NoteText } from './note-text.tsx';

/** One note: who wrote it, what can be done with it, and what it said before. */
export function NoteCard({ accountId, note, editable }: { accountId: number; note: Note; editable: boolean }) {
  const [draft, setDraft] = useState<string | null>(null);
  const [historyShown, setHistoryShown] = useState(false);
  const update = useUpdateNote(accountId);
  const change = (body: Parameters<typeof update.mutate>[0]['body']) => update.mutate({ id: note.id, body });
  const remove = () => {
    change({ deleted: true });
    toast({ text: 'Note deleted', undo: () => change({ deleted: false }) });
  };
  return (
    <article className="rounded-lg border border-line p-4">
      <header className="mb-1.5 flex items-center gap-2 text-xs text-faint">
        {note.pinned && <Pin className="size-3.5 text-accent-text" aria-label="Pinned" />}
        <span className="font-medium text-muted">{note.authorName}</span>
        <DateText value={note.createdAt} />
        {note.edits > 0 && (
          <button
            type="button"
            aria-expanded={historyShown}
            onClick={() => setHistoryShown(!historyShown)}
            className="underline decoration-control underline-offset-2 hover:text-text hover:decoration-current"
          >
            edited · history
          </button>
        )}
        <span className="flex-1" />
        {editable && draft === null && (
          <Menu
            trigger={
              <Button size="sm" tone="quiet" aria-label="Note actions">
                ⋯
              </Button>
            }
            entries={[
              { label: note.pinned ? 'Unpin' : 'Pin', onSelect: () => change({ pinned: !note.pinned }) },
              { label: 'Edit', onSelect: () => setDraft(note.body) },
              null,
              { label: 'Delete', danger: true, onSelect: remove },
            ]}
          />
        )}
      </header>
      {draft === null ? (
        <NoteText text={note.body} />
      ) : (
        <div className="flex flex-col items-end gap-2">
          <Textarea aria-label="Note" value={draft} onChange={(event) => setDraft(event.target.value)} />
          <span className="flex gap-2">
            <Button size="sm" onClick={() => setDraft(null)}>
              Cancel
            </Button>
            <Button
              size="sm"
              tone="primary"
              disabled={!draft.trim()}
              onClick={() => {
                change({ body: draft.trim() });
                setDraft(null);
              }}
            >
              Save
            </Button>
          </span>
        </div>
      )}
      {historyShown && (
        <NoteHistory
          accountId={accountId}
          noteId={note.id}
          onBringBack={editable && draft === null ? (body) => change({ body }) : null}
        />
      )}
    </article>
  );
}
