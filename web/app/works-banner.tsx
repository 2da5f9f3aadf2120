import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { worksQuery } from '#web/features/works/api/list-works.ts';
import { useNow } from '#web/lib/now.ts';
import { secondsLeft } from '#web/lib/time-left.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';

/** Long work of this workspace, wherever one is; when it ends, what it changed is fetched again. */
export function WorksBanner() {
  const client = useQueryClient();
  const now = useNow();
  const { data } = useQuery(worksQuery);
  const running =
    data?.items.find((work) => work.status === 'running') ?? data?.items.find((work) => work.status === 'queued');
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (before.current !== undefined && before.current !== running?.id) void client.invalidateQueries();
    before.current = running?.id;
  }, [running?.id, client]);
  if (!running) return null;
  const { title, done, total, startedAt } = running;
  return (
    <div role="status" className="px-4 pb-2">
      <ProgressBar
        label={title}
        done={total === null ? done : Math.round((done / total) * 100)}
        total={total === null ? null : 100}
        unit={total === null ? 'done' : '%'}
        secondsLeft={secondsLeft({ done, total, startedAt, now })}
      />
    </div>
  );
}
