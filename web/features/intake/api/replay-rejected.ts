import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { replayRejected } from '#contracts/intake.ts';
import type { Sent } from '#contracts/kit.ts';

/** Sends events that were set aside again, as they are or corrected. */
export function useReplayRejected() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Sent<typeof replayRejected>['body']) => call(replayRejected, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['intake'] }),
  });
}
