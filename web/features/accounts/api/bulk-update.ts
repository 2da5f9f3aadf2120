import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bulkAccounts, undoBulk } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf } from '#web/lib/format.ts';
import { toast } from '#web/ui/toast.tsx';
import { type AccountListQuery, sentFilters } from './list-accounts.ts';

/** Which accounts: some by id, or all that match the list's search and filters. */
export type BulkTarget = { ids: number[] } | { matching: Pick<AccountListQuery, 'book' | 'q' | 'filters'> };

export interface BulkChange {
  ownerId?: number | null;
  addTags?: string[];
  removeTags?: string[];
}

/** Changes many accounts at once, with undo. */
export function useBulkUpdate() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] });
  return useMutation({
    mutationFn: ({ target, set }: { target: BulkTarget; set: BulkChange }) => {
      if ('ids' in target) return call(bulkAccounts, { body: { ids: target.ids, set } });
      const { q } = target.matching;
      return call(bulkAccounts, {
        body: { matching: { ...(q && { q }), filters: sentFilters(target.matching) }, set },
      });
    },
    onSuccess: ({ changed, undoToken }) => {
      void refresh();
      const undo = async (token: string) => {
        try {
          await call(undoBulk, { body: { undoToken: token } });
          await refresh();
        } catch (error) {
          toast({ tone: 'failed', text: errorText(error).title });
        }
      };
      toast({ text: `${countOf(changed, 'account')} changed`, ...(undoToken && { undo: () => void undo(undoToken) }) });
    },
    onError: (error) => toast({ tone: 'failed', text: `${errorText(error).title}. No account was changed.` }),
  });
}
