import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Account, updateAccount } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import { errorText } from '#web/lib/errors.ts';
import { toast } from '#web/ui/toast.tsx';

export type AccountChange = Partial<Pick<Account, 'name' | 'ownerId' | 'tier' | 'stage' | 'tags' | 'strategic'>>;

/** Changes one account, with undo. `said` is what the toast says. */
export function useUpdateAccount(account: Account) {
  const client = useQueryClient();
  const send = (change: AccountChange) => call(updateAccount, { params: { id: account.id }, body: change });
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['account', account.id] });
    void client.invalidateQueries({ queryKey: ['accounts'] });
  };
  const failed = (error: unknown) => toast({ tone: 'failed', text: `${errorText(error).title}. Nothing was changed.` });
  return useMutation({
    mutationFn: ({ change }: { change: AccountChange; said: string }) => send(change),
    onSuccess: (_answer, { change, said }) => {
      refresh();
      const before = Object.fromEntries(Object.keys(change).map((key) => [key, account[key as keyof AccountChange]]));
      toast({ text: said, undo: () => void send(before as AccountChange).then(refresh, failed) });
    },
    onError: failed,
  });
}
