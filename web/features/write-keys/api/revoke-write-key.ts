import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { revokeWriteKey } from '#contracts/workspace.ts';
import { writeKeysQuery } from './list-write-keys.ts';

export function useRevokeWriteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(revokeWriteKey, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: writeKeysQuery.queryKey }),
  });
}
