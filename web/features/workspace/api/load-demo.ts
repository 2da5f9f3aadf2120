import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { switchWorkspace } from '#contracts/session.ts';
import { loadDemo } from '#contracts/workspace.ts';
import { replaceSession } from '#web/lib/session.ts';

/** Makes the demo workspace, or finds the one there is, and goes into it. */
export function useLoadDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { workspaceId } = await call(loadDemo, {});
      return call(switchWorkspace, { body: { workspaceId } });
    },
    onSuccess: (session) => {
      replaceSession(session);
      void client.invalidateQueries();
    },
  });
}
