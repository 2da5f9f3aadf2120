import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { putCustomSignal } from '#contracts/signals.ts';

export type CustomBody = Sent<typeof putCustomSignal>['body'];

/** Adds or changes a signal of one's own; its values are computed for all accounts. */
export function usePutCustomSignal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, body }: { key: string; body: CustomBody }) => call(putCustomSignal, { params: { key }, body }),
    onSuccess: () => {
      for (const key of ['signals', 'works']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
