import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Sent } from '#contracts/kit.ts';
import { actOnRisk, getRisk, groupRisks, listRisks, listRules, type RiskSignal, riskHistory } from '#contracts/risk.ts';
import { errorText } from '#web/lib/errors.ts';
import { toast } from '#web/ui/toast.tsx';
import { undoOf } from '../undo.ts';

export type RiskQuery = NonNullable<Sent<typeof listRisks>['query']>;
export type RiskAction = Sent<typeof actOnRisk>['body'];

const pageSize = 100;

/** The risk register in pages; the first page also brings the sums. */
export function riskListQuery(query: RiskQuery) {
  return infiniteQueryOptions({
    queryKey: ['risks', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      call(listRisks, { query: { ...query, limit: pageSize, ...(pageParam && { cursor: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export type RiskGroupQuery = NonNullable<Sent<typeof groupRisks>['query']>;

/** The register in groups, those with the most ARR. */
export function riskGroupsQuery(query: RiskGroupQuery) {
  return queryOptions({
    queryKey: ['risks', 'groups', query],
    queryFn: ({ signal }) => call(groupRisks, { query }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** One risk by its id, wherever it stands in the list. */
export function riskQuery(id: number) {
  return queryOptions({
    queryKey: ['risks', 'one', id],
    queryFn: ({ signal }) => call(getRisk, { params: { id } }, { signal }),
  });
}

/** All open risks of one account. */
export function accountRisksQuery(accountId: number) {
  return queryOptions({
    queryKey: ['account', accountId, 'risks'],
    queryFn: ({ signal }) => call(listRisks, { query: { accountId, limit: pageSize, sort: 'urgency' } }, { signal }),
  });
}

export function riskHistoryQuery(id: number) {
  return queryOptions({
    queryKey: ['risks', 'history', id],
    queryFn: ({ signal }) => call(riskHistory, { params: { id } }, { signal }),
  });
}

export const riskRulesQuery = queryOptions({
  queryKey: ['risk-rules'],
  queryFn: ({ signal }) => call(listRules, {}, { signal }),
});

const said: Record<RiskAction['action'], string> = {
  acknowledge: 'acknowledged',
  unacknowledge: 'not acknowledged any more, its response time runs on',
  start: 'in progress',
  unstart: 'acknowledged again',
  snooze: 'snoozed',
  unsnooze: 'not snoozed any more',
  wake: 'its snooze is over, its response time begins anew',
  dismiss: 'dismissed as wrong',
  saved: 'closed as saved',
  lost: 'closed as lost',
  reopen: 'open again',
};

/** Acts on a risk; the toast that says so can undo it. */
export function useActOnRisk() {
  const client = useQueryClient();
  const send = (risk: RiskSignal, body: RiskAction) => call(actOnRisk, { params: { id: risk.id }, body });
  const refresh = (risk: RiskSignal) => {
    void client.invalidateQueries({ queryKey: ['risks'] });
    void client.invalidateQueries({ queryKey: ['account', risk.accountId] });
  };
  const failed = (error: unknown) =>
    toast({ tone: 'failed', text: `${errorText(error).title}. The risk is as it was.` });
  return useMutation({
    mutationFn: ({ risk, body }: { risk: RiskSignal; body: RiskAction }) => send(risk, body),
    onSuccess: (_after, { risk, body }) => {
      refresh(risk);
      const back = undoOf(risk, body.action);
      const undo = async () => {
        try {
          for (const action of back) await send(risk, { action });
        } catch (error) {
          failed(error);
        }
        refresh(risk);
      };
      toast({
        text: `${risk.accountName}, ${risk.title}: ${said[body.action]}`,
        ...(back.length > 0 && { undo: () => void undo() }),
      });
    },
    onError: failed,
  });
}
