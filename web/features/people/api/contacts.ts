import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { listContacts, saveContact, updateContact } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import type { Answer, Sent } from '#contracts/kit.ts';
import { errorText } from '#web/lib/errors.ts';
import { toast } from '#web/ui/toast.tsx';

export type Contact = Answer<typeof updateContact>;
const most = 200;

export function contactsQuery(accountId: number) {
  return queryOptions({
    queryKey: ['account', accountId, 'contacts'],
    queryFn: ({ signal }) => call(listContacts, { params: { id: accountId }, query: { limit: most } }, { signal }),
  });
}

export function useAddContact(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Sent<typeof saveContact>['body']) => call(saveContact, { params: { id: accountId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', accountId] }),
  });
}

export function useUpdateContact(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: number; body: Sent<typeof updateContact>['body'] }) =>
      call(updateContact, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', accountId] }),
    onError: (error) => toast({ tone: 'failed', text: `${errorText(error).title}. The contact is as it was.` }),
  });
}
