import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { formatNumber } from '#web/lib/format.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { type Finding, findingsQuery } from '../api/list-findings.ts';

const examplesShown = 5;

/** Contradictions between facts. They stop nothing; they say what to ask the people who keep the data. */
export function Findings({ compact }: { compact?: boolean }) {
  const findings = useQuery(findingsQuery);
  return (
    <Loaded
      query={findings}
      skeleton={
        <div className="flex flex-col gap-3">
          <Skeleton className="h-28 w-full" />
          {!compact && <Skeleton className="h-28 w-full" />}
        </div>
      }
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            compact={compact ?? false}
            icon={<CircleCheck />}
            title="No contradictions found"
            why="Facts that cannot both be true would be listed here, such as usage before the first contract, or two contracts for the same product at once."
          />
        ) : (
          <ul className="flex flex-col gap-3">
            {items.map((finding) => (
              <FindingCard key={finding.kind} finding={finding} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function FindingCard({ finding }: { finding: Finding }) {
  const shown = finding.examples.slice(0, examplesShown);
  return (
    <li className="grid gap-x-5 gap-y-3 rounded-lg border border-line p-4 md:grid-cols-[5rem_minmax(0,1fr)_minmax(0,1fr)]">
      <div>
        <p className="tnum text-xl font-semibold text-text">{formatNumber(finding.count)}</p>
        <p className="text-xs text-faint">
          found <DateText value={finding.foundAt} />
        </p>
      </div>
      <div className="min-w-0">
        <h2 className="flex items-start gap-1.5 text-sm font-semibold text-text">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden="true" />
          {finding.title}
        </h2>
        <p className="mt-1 text-sm text-muted">{finding.explanation}</p>
      </div>
      <div className="min-w-0">
        <ul className="flex flex-col gap-0.5 text-sm">
          {shown.map(({ accountId, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity and never reorder
            <li key={index} className="truncate text-muted" title={text}>
              {accountId === null ? (
                text
              ) : (
                <Link
                  to="/accounts/$accountId"
                  params={{ accountId: String(accountId) }}
                  className="text-accent-text hover:underline"
                >
                  {text}
                </Link>
              )}
            </li>
          ))}
        </ul>
        {finding.count > shown.length && <p className="mt-1 text-xs text-faint">The clearest examples</p>}
      </div>
    </li>
  );
}
