import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listAudit } from '#contracts/workspace.ts';

const pageSize = 50;

/** Entries newest first, of one kind of subject or of all. */
export function auditQuery(subjectKind: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['audit', subjectKind ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(
        listAudit,
        { query: { limit: pageSize, ...(subjectKind && { subjectKind }), ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
  });
}
