import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { listMembers } from '#contracts/workspace.ts';

const freshMs = 60_000;

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => call(listMembers, {}, { signal }),
  staleTime: freshMs,
});

/** Members that can own accounts, as choices. */
export function useOwnerOptions(): { value: string; label: string }[] {
  const { data } = useQuery(membersQuery);
  return (data?.items ?? [])
    .filter((member) => member.status !== 'disabled')
    .map((member) => ({ value: String(member.id), label: member.name }));
}
