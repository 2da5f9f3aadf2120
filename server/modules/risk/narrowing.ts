/** What narrows the register. */
import sql, { join, type Sql } from 'sql-template-tag';
import { riskLevels } from '#contracts/accounts.ts';
import type { Parsed } from '#contracts/kit.ts';
import { type listRisks, urgencies } from '#contracts/risk.ts';
import { invalidField } from '#server/errors.ts';

type Query = Parsed<typeof listRisks>['query'];
export type RegisterFilter = Omit<Query, 'limit' | 'cursor'>;
/** What narrows the register, whatever its order. */
export type RegisterNarrowing = Omit<RegisterFilter, 'sort' | 'direction'>;

/** The response time has passed, and nobody has answered yet. */
export const overdue = sql`(r.is_open and r.responded_at is null and r.respond_by < now() and r.status <> 'snoozed')`;

/** A response time that passed, also where somebody answered later, and in the moment before the evaluator marks it. */
export const breached = sql`(r.breached or ${overdue})`;

const standing: Readonly<Record<Query['status'], Sql[]>> = {
  open: [sql`r.is_open`],
  new: [sql`r.is_open`, sql`r.status = 'new'`],
  acknowledged: [sql`r.is_open`, sql`r.status in ('acknowledged', 'in_progress')`],
  snoozed: [sql`r.is_open`, sql`r.status = 'snoozed'`],
  overdue: [overdue],
  closed: [sql`not r.is_open`],
  all: [],
};

export interface Conditions {
  /** on `risk_signals r` */
  signal: Sql;
  /** on `account_list l` */
  account: Sql;
}

/** The conditions of a filter. @throws AppError 400 naming the filter */
export function conditionsOf(workspaceId: number, filter: RegisterNarrowing): Conditions {
  const { status, ownerId, tier, accountId, q } = filter;
  const urgency = listOf(filter.urgency);
  const unknown = urgency?.find((one) => !urgencies.some((known) => known === one));
  if (unknown !== undefined) throw invalidField('urgency', `There is no urgency "${unknown}".`);
  const levels = listOf(filter.level)?.map((one) => {
    const place = (riskLevels as readonly string[]).indexOf(one);
    if (place < 0) throw invalidField('level', `There is no risk level "${one}".`);
    return place;
  });
  const rules = listOf(filter.rule);
  const signal = [
    sql`r.workspace_id = ${workspaceId}`,
    ...standing[status],
    ...(urgency === null ? [] : [sql`r.urgency = any(${urgency}::text[])`]),
    ...(rules === null ? [] : [sql`r.rule_key = any(${rules}::text[])`]),
    ...(filter.breached === undefined ? [] : [filter.breached ? breached : sql`not ${breached}`]),
    ...(accountId === undefined ? [] : [sql`r.account_id = ${accountId}`]),
  ];
  const account = [
    sql`l.workspace_id = ${workspaceId} and not l.merged`,
    ...(ownerId === undefined ? [] : [ownerId === 0 ? sql`l.owner_id is null` : sql`l.owner_id = ${ownerId}`]),
    ...(tier === undefined ? [] : [sql`l.tier = ${tier}`]),
    ...(levels === undefined ? [] : [sql`l.risk_level = any(${levels}::smallint[])`]),
    ...(q === undefined || q.trim() === '' ? [] : [sql`strpos(l.name_key, name_key(${q.trim()})) > 0`]),
  ];
  return { signal: join(signal, ' and '), account: join(account, ' and ') };
}

function listOf(text: string | undefined): string[] | null {
  if (text === undefined || text === '') return null;
  return text.split(',').map((one) => one.trim());
}
