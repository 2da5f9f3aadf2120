import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { type UnmatchedReference, unmatchedQuery } from '../api/list-unmatched.ts';
import { Resolve } from './resolve.tsx';

/** References that found no account; a person says whose they are. Those that were left out stand apart and can come back. */
export function Unmatched() {
  const [ignored, setIgnored] = useState(false);
  const unmatched = useInfiniteQuery(unmatchedQuery(ignored));
  return (
    <div className="flex flex-col gap-3">
      <Loaded query={unmatched} skeleton={<UnmatchedSkeleton />}>
        {({ pages }) => {
          const references = pages.flatMap((page) => page.items);
          const first = pages[0]!;
          return (
            <>
              {references.length === 0 && !ignored ? (
                <NoneUnmatched />
              ) : (
                <p className="text-sm text-muted">{ignored ? leftOut(first.total) : waiting(first.total)}</p>
              )}
              {references.length > 0 && (
                <ul className="overflow-hidden rounded-lg border border-line">
                  {references.map((reference) => (
                    <ReferenceRow
                      key={`${reference.source} ${reference.reference}`}
                      reference={reference}
                      ignored={ignored}
                    />
                  ))}
                </ul>
              )}
              {(ignored || first.ignored > 0) && (
                <button
                  type="button"
                  onClick={() => setIgnored(!ignored)}
                  className="self-start rounded-xs text-sm text-accent-text hover:underline"
                >
                  {ignored ? 'Back to those without an account' : `Show ${first.ignored} left out`}
                </button>
              )}
            </>
          );
        }}
      </Loaded>
      {unmatched.hasNextPage && (
        <Button
          className="self-center"
          busy={unmatched.isFetchingNextPage}
          onClick={() => void unmatched.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  );
}

function waiting(total: number): string {
  return `${countOf(total, 'reference')} found no account. Their facts are kept and count from their own dates once you say whose they are.`;
}

function leftOut(total: number): string {
  return `${countOf(total, 'reference')} left out as nobody’s. Their facts are kept too: say whose they are, or list them again.`;
}

function NoneUnmatched() {
  return (
    <EmptyState
      icon={<CircleCheck />}
      title="Every reference has its account"
      why="Ids that no account is known by would wait here, with all their facts. Nothing is dropped: once you say whose they are, their facts count from their own dates."
    />
  );
}

function ReferenceRow({ reference, ignored }: { reference: UnmatchedReference; ignored: boolean }) {
  const { can } = useSignedIn();
  const [open, setOpen] = useState(false);
  return (
    <li className="grid gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 xl:grid-cols-[minmax(0,1fr)_auto] xl:items-start">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium break-all text-text">{reference.reference}</span>
          <span className="text-xs text-faint">{reference.source}</span>
        </p>
        <p className="tnum mt-0.5 text-xs text-muted">
          {reference.events > 0 && countOf(reference.events, 'event')}
          {reference.events > 0 && reference.facts > 0 && ' and '}
          {reference.facts > 0 && `${formatNumber(reference.facts)} other ${reference.facts === 1 ? 'fact' : 'facts'}`},
          first <DateText value={reference.firstSeen} />, last <DateText value={reference.lastSeen} />
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="ml-2 rounded-xs text-accent-text hover:underline"
          >
            {open ? 'Hide the example' : 'Show an example'}
          </button>
        </p>
        {open && (
          <div className="mt-2">
            <CodeBlock
              label={`an example of ${reference.reference}`}
              text={JSON.stringify(reference.example, null, 2)}
            />
          </div>
        )}
      </div>
      {can('intake.manage') && <Resolve reference={reference} ignored={ignored} />}
    </li>
  );
}

function UnmatchedSkeleton() {
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      {['w-40', 'w-56', 'w-32', 'w-48'].map((width) => (
        <div
          key={width}
          className="flex items-center justify-between gap-6 border-t border-line px-4 py-4 first:border-t-0"
        >
          <div className="flex flex-col gap-2">
            <Skeleton className={`h-4 ${width}`} />
            <Skeleton className="h-3 w-64" />
          </div>
          <Skeleton className="hidden h-8 w-80 sm:block" />
        </div>
      ))}
    </div>
  );
}
