import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { createScorecard } from '#contracts/health.ts';
import type { Sent } from '#contracts/kit.ts';

/** Starts a scorecard whose first version is a draft. */
export function useCreateScorecard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Sent<typeof createScorecard>['body']) => call(createScorecard, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['scorecards'] }),
  });
}
