import { useQuery } from '@tanstack/react-query';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { noteVersionsQuery } from '../api/note-versions.ts';
import { NoteText } from './note-text.tsx';

interface NoteHistoryProps {
  accountId: number;
  noteId: number;
  /** makes an earlier text the present one again, which the one before survives; null = may not */
  onBringBack: ((body: string) => void) | null;
}

/** What a note said before, newest first. */
export function NoteHistory({ accountId, noteId, onBringBack }: NoteHistoryProps) {
  const query = useQuery(noteVersionsQuery(accountId, noteId));
  return (
    <section aria-label="Earlier texts" className="mt-3 border-t border-line pt-3">
      <Loaded query={query} skeleton={<SkeletonLines lines={2} />}>
        {({ items }) => (
          <>
            <p className="text-xs text-faint">
              As it is now since <DateText value={items[0]!.at} />
              {items[0]!.byName !== null && `, by ${items[0]!.byName}`}. Before:
            </p>
            <ol className="mt-2 flex flex-col gap-3">
              {items.slice(1).map(({ at, body, byName }) => (
                <li key={at} className="border-l-2 border-line-strong pl-3">
                  <header className="flex items-center gap-2 text-xs text-faint">
                    {byName !== null && <span className="font-medium text-muted">{byName}</span>}
                    <DateText value={at} />
                    <span className="flex-1" />
                    {onBringBack !== null && (
                      <Button size="sm" tone="quiet" onClick={() => onBringBack(body)}>
                        Use this text again
                      </Button>
                    )}
                  </header>
                  <NoteText text={body} className="text-muted" />
                </li>
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </section>
  );
}
