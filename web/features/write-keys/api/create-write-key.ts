import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { createWriteKey } from '#contracts/workspace.ts';
import { writeKeysQuery } from './list-write-keys.ts';

export function useCreateWriteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call(createWriteKey, { body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: writeKeysQuery.queryKey }),
  });
}
