import { useQuery } from '@tanstack/react-query';
import { Pin } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Textarea } from '#web/ui/input.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { Section } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { type Note, notesQuery, useCreateNote, useUpdateNote } from '../api/notes.ts';
import { NoteText } from './note-text.tsx';

/** Notes, pinned first, and a place to write one. */
export function Notes({ accountId }: { accountId: number }) {
  const { can } = useSignedIn();
  const { data, error, refetch } = useQuery(notesQuery(accountId));
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {can('accounts.write') && <Composer accountId={accountId} />}
      {error && <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={4} />}
      {data?.items.length === 0 && (
        <p className="text-sm text-muted">
          No notes yet. What was said, what was agreed, who decides: write it where the next person looks.
        </p>
      )}
      {data?.items.map((note) => (
        <NoteCard key={note.id} accountId={accountId} note={note} editable={can('accounts.write')} />
      ))}
    </div>
  );
}

/** The pinned notes alone, for the overview. */
export function PinnedNotes({ accountId }: { accountId: number }) {
  const { data } = useQuery(notesQuery(accountId));
  const pinned = data?.items.filter((note) => note.pinned) ?? [];
  if (pinned.length === 0) return null;
  return (
    <Section title="Pinned notes">
      <ul className="flex flex-col gap-3">
        {pinned.map((note) => (
          <li key={note.id} className="text-sm">
            <NoteText text={note.body} className="line-clamp-6" />
            <p className="mt-0.5 text-xs text-faint">
              {note.authorName}, <DateText value={note.createdAt} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function submitsOn(event: KeyboardEvent, submit: () => void) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
}

function Composer({ accountId }: { accountId: number }) {
  const [text, setText] = useState('');
  const create = useCreateNote(accountId);
  const submit = () => text.trim() && create.mutate(text.trim(), { onSuccess: () => setText('') });
  return (
    <div className="flex flex-col items-end gap-2">
      <Textarea
        aria-label="New note"
        placeholder="Write a note"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => submitsOn(event, submit)}
      />
      <div className="flex w-full items-center justify-end gap-3">
        {create.error && (
          <p role="alert" className="text-xs text-critical">
            {errorText(create.error).title}. Your text is still here.
          </p>
        )}
        <Button tone="primary" size="sm" busy={create.isPending} disabled={!text.trim()} onClick={submit}>
          Save note
        </Button>
      </div>
    </div>
  );
}

function NoteCard({ accountId, note, editable }: { accountId: number; note: Note; editable: boolean }) {
  const [draft, setDraft] = useState<string | null>(null);
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
        {note.edits > 0 && <span>edited</span>}
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
    </article>
  );
}
