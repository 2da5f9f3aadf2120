import { useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listUnmatched } from '#contracts/intake.ts';
import { listRisks } from '#contracts/risk.ts';

/** Counts beside the navigation: only what means work. */
export interface WorkCounts {
  /** open risk signals */
  risks: number | undefined;
  /** references that match no account */
  intake: number | undefined;
}

const freshMs = 30_000;

export function useWorkCounts(): WorkCounts {
  const risks = useQuery({
    queryKey: ['risks', 'count'],
    queryFn: ({ signal }) => call(listRisks, { query: { limit: 1 } }, { signal }),
    staleTime: freshMs,
  });
  const unmatched = useQuery({
    queryKey: ['intake', 'count'],
    queryFn: ({ signal }) => call(listUnmatched, { query: { limit: 1 } }, { signal }),
    staleTime: freshMs,
  });
  return { risks: risks.data?.total, intake: unmatched.data?.total };
}
