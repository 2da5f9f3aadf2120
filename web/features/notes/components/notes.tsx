import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Textarea } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { notesQuery, useCreateNote } from '../api/notes.ts';
import { DeletedNotes } from './deleted-notes.tsx';
import { NoteCard } from './note-card.tsx';
import { NoteText } from './note-text.tsx';

/** Notes, pinned first, a place to write one, and those that were deleted. */
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
      <DeletedNotes accountId={accountId} />
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
