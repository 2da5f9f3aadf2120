import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { inviteMember } from '#contracts/workspace.ts';
import { membersQuery } from '#web/lib/members.ts';

/** Answers with the link of the invitation, which is shown this once. */
export function useInviteMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Sent<typeof inviteMember>['body']) => call(inviteMember, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
}
