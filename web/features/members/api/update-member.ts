import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { updateMember } from '#contracts/workspace.ts';
import { membersQuery } from '#web/lib/members.ts';

export function useUpdateMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number } & Sent<typeof updateMember>['body']) =>
      call(updateMember, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
}
