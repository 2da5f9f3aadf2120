import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { putRule } from '#contracts/risk.ts';
import { rulesQuery } from './list-rules.ts';

export type RuleBody = Sent<typeof putRule>['body'];

/** Adds or changes a rule; accounts are judged again at once. */
export function usePutRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, body }: { key: string; body: RuleBody }) => call(putRule, { params: { key }, body }),
    onSuccess: (saved) => {
      client.setQueryData(rulesQuery.queryKey, (old) => {
        if (!old) return old;
        const known = old.items.some(({ key }) => key === saved.key);
        return {
          ...old,
          items: known ? old.items.map((rule) => (rule.key === saved.key ? saved : rule)) : [...old.items, saved],
        };
      });
      for (const key of ['risk-rules', 'risks', 'account', 'accounts'])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
