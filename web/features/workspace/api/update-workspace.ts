import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { updateWorkspace } from '#contracts/workspace.ts';
import { sessionQuery } from '#web/lib/session.ts';
import { workspaceQuery } from './get-workspace.ts';

/** Name, time zone and currency are part of the session as well. */
export function useUpdateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Sent<typeof updateWorkspace>['body']) => call(updateWorkspace, { body }),
    onSuccess: (workspace) => {
      client.setQueryData(workspaceQuery.queryKey, workspace);
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['works'] });
    },
  });
}
