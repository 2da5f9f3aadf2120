import { infiniteQueryOptions } from '@tanstack/react-query';
import { addressOf, call } from '#contracts/client.ts';
import { exportDisagreements, listDisagreements } from '#contracts/reconciliation.ts';

/** What the report is narrowed to; undefined is everything that nobody has decided. */
export interface ReportNarrowing {
  field?: string | undefined;
  /** two sources that disagree, as "crm/billing" */
  pair?: string | undefined;
  settled?: 'true' | undefined;
}

const pageSize = 50;

function queryOf({ field, pair, settled }: ReportNarrowing) {
  const [source, against] = pair?.split('/') ?? [];
  return {
    ...(field && { field }),
    ...(source && { source }),
    ...(against && { against }),
    ...(settled && { settled }),
  };
}

/** Where sources disagree, those with most revenue at stake first. */
export function disagreementsQuery(narrowing: ReportNarrowing) {
  const query = queryOf(narrowing);
  return infiniteQueryOptions({
    queryKey: ['reconciliation', query],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDisagreements,
        { query: { ...query, limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** Where the same list is had as a file. */
export function disagreementsFile(narrowing: ReportNarrowing): string {
  return addressOf(exportDisagreements, { query: queryOf(narrowing) });
}
