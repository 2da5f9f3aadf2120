import { useMutation } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { switchWorkspace } from '#contracts/session.ts';
import { openWorkspace } from '#web/lib/session.ts';

/** Goes into the workspace that was restored. */
export function useOpenRestored() {
  return useMutation({
    mutationFn: (workspaceId: number) => call(switchWorkspace, { body: { workspaceId } }),
    onSuccess: openWorkspace,
  });
}
