import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { archiveScorecard } from '#contracts/health.ts';

export function useArchiveScorecard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(archiveScorecard, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['scorecards'] }),
  });
}
