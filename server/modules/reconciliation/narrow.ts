/** Which disagreements a report is about. */
import sql, { join, type Sql } from 'sql-template-tag';
import type { Parsed } from '#contracts/kit.ts';
import type { listDisagreements } from '#contracts/reconciliation.ts';
import type { Claim } from '#core/accounts/truth.ts';

export type Narrowing = Omit<Parsed<typeof listDisagreements>['query'], 'limit' | 'cursor'>;

export interface DisputeRow {
  account_id: number;
  account_name: string;
  field: string;
  said: Claim[];
  difference_minor: number | null;
  settled: boolean;
  since: Date;
  at_stake: number | null;
  /** the same, unknown = -1: what the report is sorted by */
  stake: number;
}

/** Disputes of accounts that are accounts of their own. */
export const disputes = sql`account_disputes d
  join account_list l on l.workspace_id = d.workspace_id and l.account_id = d.account_id and not l.merged`;
const atStake = sql`greatest(l.arr_minor, d.most_minor)`;
export const stake = sql`coalesce(greatest(l.arr_minor, d.most_minor), -1)`;
export const columns = sql`d.account_id, a.name as account_name, d.field, d.said, d.difference_minor, d.settled, d.since,
  ${atStake} as at_stake, ${stake} as stake`;
export const named = sql`join accounts a on a.workspace_id = d.workspace_id and a.id = d.account_id`;

export function conditionsOf(workspaceId: number, { field, source, against, settled }: Narrowing): Sql {
  const speaks = (name: string) => sql`d.said @> ${JSON.stringify([{ source: name }])}::jsonb`;
  return join(
    [
      sql`d.workspace_id = ${workspaceId} and d.settled = ${settled === 'true'}`,
      ...(field ? [sql`d.field = ${field}`] : []),
      ...(source ? [speaks(source)] : []),
      ...(against ? [speaks(against)] : []),
    ],
    ' and ',
  );
}
