import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { createOverride, endOverride } from '#contracts/health.ts';
import { errorText } from '#web/lib/errors.ts';
import { toast } from '#web/ui/toast.tsx';

export interface OverrideInput {
  score?: number;
  band?: string;
  reason: string;
  /** instant */
  until: string;
}

function useRefresh(accountId: number) {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['account', accountId] });
    void client.invalidateQueries({ queryKey: ['accounts'] });
  };
}

export function useOverride(accountId: number) {
  const refresh = useRefresh(accountId);
  return useMutation({
    mutationFn: (body: OverrideInput) => call(createOverride, { params: { id: accountId }, body }),
    onSuccess: () => {
      refresh();
      toast({ text: 'Score set by hand. The computed one stays beside it.' });
    },
  });
}

export function useEndOverride(accountId: number) {
  const refresh = useRefresh(accountId);
  return useMutation({
    mutationFn: () => call(endOverride, { params: { id: accountId } }),
    onSuccess: () => {
      refresh();
      toast({ text: 'The computed score counts again' });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error).title }),
  });
}
