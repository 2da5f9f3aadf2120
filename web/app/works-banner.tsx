import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { worksQuery } from '#web/features/works/api/list-works.ts';

const RunningWork = lazy(() => import('#web/features/works/components/running-work.tsx'));

/** Long work of this workspace, wherever one is; when it ends, what it changed is fetched again. */
export function WorksBanner() {
  const client = useQueryClient();
  const { data } = useQuery(worksQuery);
  const running =
    data?.items.find((work) => work.status === 'running') ?? data?.items.find((work) => work.status === 'queued');
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (before.current !== undefined && before.current !== running?.id) void client.invalidateQueries();
    before.current = running?.id;
  }, [running?.id, client]);
  if (!running) return null;
  return (
    <Suspense>
      <RunningWork work={running} />
    </Suspense>
  );
}
