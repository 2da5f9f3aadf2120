import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { createApiKey } from '#contracts/workspace.ts';
import { apiKeysQuery } from './list-api-keys.ts';

/** Answers with the secret, which is shown this once. */
export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Sent<typeof createApiKey>['body']) => call(createApiKey, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}
