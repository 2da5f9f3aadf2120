import { useMutation } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { switchWorkspace } from '#contracts/session.ts';
import { loadDemo } from '#contracts/workspace.ts';
import { openWorkspace } from '#web/lib/session.ts';

/** Makes the demo workspace, or finds the one there is, and goes into it. */
export function useLoadDemo() {
  return useMutation({
    mutationFn: async () => {
      const { workspaceId } = await call(loadDemo, {});
      await call(switchWorkspace, { body: { workspaceId } });
    },
    onSuccess: openWorkspace,
  });
}
