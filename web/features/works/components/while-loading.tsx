import { useQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { worksQuery } from '../api/list-works.ts';

/** What an empty page shows: while the demo is on its way, that it is; else what it says itself. */
export function WhileLoading({ children }: { children: ReactNode }) {
  const { data } = useQuery(worksQuery);
  const loading = data?.items.find(
    ({ kind, status }) => kind === 'demo' && (status === 'queued' || status === 'running'),
  );
  // Before the first answer nothing is known: an empty page must not claim that there is nothing.
  if (data && !loading) return children;
  return (
    <div className="flex flex-col">
      {loading && (
        <EmptyState
          icon={<Hourglass />}
          title={`${loading.title} …`}
          why="The first accounts show here within seconds, by themselves. Their past is filled in behind them."
        />
      )}
      <div aria-hidden="true" className="flex flex-col gap-3 px-4 pb-6">
        {['w-full', 'w-11/12', 'w-full', 'w-10/12', 'w-full', 'w-11/12'].map((width, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never reorder
          <Skeleton key={row} className={`h-6 ${width}`} />
        ))}
      </div>
    </div>
  );
}
