import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { resolveUnmatched } from '#contracts/intake.ts';
import type { Sent } from '#contracts/kit.ts';

/** Says whose a reference is; its facts count from their own dates. */
export function useResolveUnmatched() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Sent<typeof resolveUnmatched>['body']) => call(resolveUnmatched, { body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['intake'] });
      void client.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
}
