import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import {
  eraseContact,
  listContactMerges,
  listContacts,
  mergeContacts,
  saveContact,
  undoContactMerge,
  updateContact,
} from '#contracts/contacts.ts';
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

export type ContactMerge = Answer<typeof listContactMerges>['items'][number];

export const contactMergesQuery = queryOptions({
  queryKey: ['intake', 'contact-merges'],
  queryFn: ({ signal }) => call(listContactMerges, {}, { signal }),
});

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

export function useMergeContacts(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, otherId }: { id: number; otherId: number }) =>
      call(mergeContacts, { params: { id }, body: { otherId } }),
    onSuccess: () =>
      Promise.all([['account', accountId], ['intake']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Removes who a person was, for good. */
export function useEraseContact(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(eraseContact, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', accountId] }),
  });
}

/** Takes a merge of people apart again. */
export function useUndoContactMerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mergeId: number) => call(undoContactMerge, { params: { id: mergeId } }),
    onSuccess: () => Promise.all([['account'], ['intake']].map((queryKey) => client.invalidateQueries({ queryKey }))),
    onError: (error) => toast({ tone: 'failed', text: errorText(error).title }),
  });
}
