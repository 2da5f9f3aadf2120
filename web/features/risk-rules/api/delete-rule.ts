import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { deleteRule } from '#contracts/risk.ts';

export function useDeleteRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => call(deleteRule, { params: { key } }),
    onSuccess: () => {
      for (const key of ['risk-rules', 'risks', 'account', 'accounts'])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
