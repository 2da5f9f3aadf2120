import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { publishScorecard } from '#contracts/health.ts';
import { scorecardQuery } from './get-scorecard.ts';

/** Makes a version live: every account is scored again. */
export function usePublishScorecard(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { version: number; primary?: boolean; past?: boolean }) =>
      call(publishScorecard, { params: { id }, body }),
    onSuccess: (published) => {
      client.setQueryData(scorecardQuery(id).queryKey, published);
      for (const key of ['scorecards', 'accounts', 'account', 'portfolio', 'works']) {
        void client.invalidateQueries({ queryKey: [key] });
      }
    },
  });
}
