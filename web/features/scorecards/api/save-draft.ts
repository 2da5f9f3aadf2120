import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { saveDraft } from '#contracts/health.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { scorecardQuery } from './get-scorecard.ts';

/** Saves a new version that is not live. */
export function useSaveDraft(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ card, note }: { card: Scorecard; note?: string }) =>
      call(saveDraft, { params: { id }, body: { definition: { ...card }, ...(note && { note }) } }),
    onSuccess: (saved) => {
      client.setQueryData(scorecardQuery(id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['scorecards'] });
    },
  });
}
