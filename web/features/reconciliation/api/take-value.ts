import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { takeValue } from '#contracts/reconciliation.ts';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import { sourceTitle } from '../words.ts';

export interface Taking {
  accountId: number;
  field: string;
  /** the field's name */
  title: string;
  /** the source whose value is taken; null = the sources decide again */
  take: string | null;
  /** nobody had decided the field: taking it can be undone */
  first: boolean;
}

/** Decides a field of an account, with undo. */
export function useTakeValue() {
  const client = useQueryClient();
  const send = ({ accountId, field, take }: Pick<Taking, 'accountId' | 'field' | 'take'>) =>
    call(takeValue, { params: { id: accountId }, body: { field, take } });
  const refresh = (accountId: number) => {
    for (const queryKey of [['account', accountId], ['accounts'], ['reconciliation'], ['portfolio']])
      void client.invalidateQueries({ queryKey });
  };
  return useMutation({
    mutationFn: (taking: Taking) => send(taking),
    onError: sayFailed,
    onSuccess: (_answer, { accountId, field, title, take, first }) => {
      refresh(accountId);
      const back = () => void send({ accountId, field, take: null }).then(() => refresh(accountId), sayFailed);
      toast({
        text: take === null ? `${title}: the sources decide again` : `${title}: ${sourceTitle(take)} is believed here`,
        ...(take !== null && first && { undo: back }),
      });
    },
  });
}
