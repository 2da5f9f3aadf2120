import { useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listUnmatched } from '#contracts/intake.ts';
import { listRisks } from '#contracts/risk.ts';
import { useSignedIn } from '#web/lib/session.ts';

/** Counts beside the navigation: only what is work of the member who looks. */
export interface WorkCounts {
  /** open risk signals of the accounts that the member owns */
  risks: number | undefined;
  /** references that match no account, for those who may resolve them */
  intake: number | undefined;
}

const freshMs = 30_000;

export function useWorkCounts(): WorkCounts {
  const { session, can } = useSignedIn();
  const ownerId = session.memberId;
  const risks = useQuery({
    queryKey: ['risks', 'count', ownerId],
    queryFn: ({ signal }) => call(listRisks, { query: { ownerId: ownerId!, limit: 1 } }, { signal }),
    staleTime: freshMs,
    enabled: ownerId !== null,
  });
  const unmatched = useQuery({
    queryKey: ['intake', 'count'],
    queryFn: ({ signal }) => call(listUnmatched, { query: { limit: 1 } }, { signal }),
    staleTime: freshMs,
    enabled: can('intake.manage'),
  });
  return { risks: risks.data?.total, intake: unmatched.data?.total };
}
