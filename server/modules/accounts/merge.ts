/** Two accounts that are one customer (chapter 01): both histories are kept, and it can be undone for 30 days. */
import type { ClaimValue } from '#core/accounts/truth.ts';
import { conflict, invalidField, notFound } from '#server/errors.ts';
import { type Family, markDirty } from '#server/modules/dirty/index.ts';
import { rebuildUsage } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Moved, moveAll, moveBack } from './moves.ts';
import { followMoved, unfollowMoved } from './truth/merged.ts';

export const undoDays = 30;
const everyFamily: Family[] = [
  'usage',
  'subscriptions',
  'invoices',
  'tickets',
  'surveys',
  'touchpoints',
  'contacts',
  'stakeholders',
  'intents',
  'goals',
  'attributes',
];

/** Makes `mergedId` part of `keptId`, whose fields follow the sources of both from then on. Returns the merge's id. Errors: 404, 409 if one is merged already. */
export async function mergeAccounts(
  tx: Tx,
  workspaceId: number,
  { keptId, mergedId, memberId }: { keptId: number; mergedId: number; memberId: number | null },
): Promise<number> {
  if (keptId === mergedId) throw invalidField('otherId', 'is the account itself');
  const pair = await lockPair(tx, workspaceId, keptId, mergedId);
  if (pair.some((a) => a.merged_into !== null))
    throw conflict('One of the two is merged into another account already.');
  await dirty(tx, workspaceId, keptId, mergedId, null);
  const from = await earliestFact(tx, workspaceId, [keptId, mergedId]);
  const moved = await moveAll(tx, { workspaceId, from: mergedId, to: keptId });
  const cause = { now: Date.now(), memberId, reason: 'merge' };
  const fields = await followMoved(tx, workspaceId, keptId, moved.claims!.sources, cause);
  await tx.run({
    text: 'update accounts set merged_into = $3, updated_at = now() where workspace_id = $1 and id = $2',
    values: [workspaceId, mergedId, keptId],
  });
  const { id } = await tx.one<{ id: number }>({
    text: `insert into account_merges (workspace_id, kept_id, merged_id, by_member, moved)
      values ($1, $2, $3, $4, $5) returning id`,
    values: [workspaceId, keptId, mergedId, memberId, JSON.stringify({ ...moved, fields })],
  });
  await rebuildUsage(tx, workspaceId, [keptId, mergedId]);
  await dirty(tx, workspaceId, keptId, mergedId, from);
  return id;
}

/** Takes a merge apart and returns both ids. Errors: 404; 409 when it is undone, too old, or lies below a later merge. */
export async function undoMerge(
  tx: Tx,
  workspaceId: number,
  mergeId: number,
): Promise<{ keptId: number; mergedId: number }> {
  const merge = await tx.maybe<{
    kept_id: number;
    merged_id: number;
    moved: Moved & { fields?: Record<string, ClaimValue> };
    undone: boolean;
    late: boolean;
  }>({
    text: `select kept_id, merged_id, moved, undone_at is not null as undone,
        at < now() - make_interval(days => $3) as late
      from account_merges where workspace_id = $1 and id = $2 for update`,
    values: [workspaceId, mergeId, undoDays],
  });
  if (!merge) throw notFound('merge');
  if (merge.undone) throw conflict('This merge has been undone already.');
  if (merge.late) throw conflict(`A merge can be undone for ${undoDays} days.`);
  const { kept_id: keptId, merged_id: mergedId } = merge;
  const accounts = await lockPair(tx, workspaceId, keptId, mergedId);
  if (accounts.find((a) => a.id === keptId)!.merged_into !== null) {
    throw conflict('The account has been merged into another one since. Undo that merge first.');
  }
  await dirty(tx, workspaceId, keptId, mergedId, null);
  const from = await earliestFact(tx, workspaceId, [keptId]);
  await moveBack(tx, { workspaceId, from: mergedId, to: keptId }, merge.moved);
  const cause = { now: Date.now(), reason: 'merge undone' };
  await unfollowMoved(tx, workspaceId, { keptId, mergedId }, merge.moved.fields ?? {}, cause);
  await tx.run({
    text: 'update accounts set merged_into = null, updated_at = now() where workspace_id = $1 and id = $2',
    values: [workspaceId, mergedId],
  });
  await tx.run({
    text: 'update account_merges set undone_at = now() where workspace_id = $1 and id = $2',
    values: [workspaceId, mergeId],
  });
  await rebuildUsage(tx, workspaceId, [keptId, mergedId]);
  await dirty(tx, workspaceId, keptId, mergedId, from);
  return { keptId, mergedId };
}

async function lockPair(tx: Tx, workspaceId: number, ...ids: number[]) {
  const rows = await tx.many<{ id: number; merged_into: number | null }>({
    text: 'select id, merged_into from accounts where workspace_id = $1 and id = any ($2::bigint[]) order by id for update',
    values: [workspaceId, ids],
  });
  if (rows.length < ids.length) throw notFound('account');
  return rows;
}

function dirty(tx: Tx, workspaceId: number, keptId: number, mergedId: number, historyFrom: string | null) {
  return markDirty(
    tx,
    workspaceId,
    [keptId, mergedId].map((accountId) => ({ accountId, families: everyFamily, historyFrom })),
  );
}

/** The day from which the past of these accounts changes with what they own. */
async function earliestFact(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<string | null> {
  const { day } = await tx.one<{ day: string | null }>({
    text: `select least(
        (select min(start_day) from subscriptions where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(day) from usage_days where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(opened_at)::date from tickets where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(answered_at)::date from survey_responses where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(issued_at)::date from invoices where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(coalesce(held_at, planned_at))::date from touchpoints
          where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(at)::date from stakeholder_changes where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(at)::date from intents where workspace_id = $1 and account_id = any ($2::bigint[])),
        (select min(started_at)::date from goals where workspace_id = $1 and account_id = any ($2::bigint[])),
        current_date) - 1 as day`,
    values: [workspaceId, ids],
  });
  return day;
}

export interface MergeRow {
  id: number;
  keptId: number;
  keptName: string;
  mergedId: number;
  mergedName: string;
  at: Date;
  undoneAt: Date | null;
}

/** Merges of the last 30 days, newest first. */
export function listMerges(tx: Tx, workspaceId: number): Promise<MergeRow[]> {
  return tx.many<MergeRow>({
    text: `select m.id, m.kept_id as "keptId", k.name as "keptName", m.merged_id as "mergedId", o.name as "mergedName",
        m.at, m.undone_at as "undoneAt"
      from account_merges m
      join accounts k on k.workspace_id = $1 and k.id = m.kept_id
      join accounts o on o.workspace_id = $1 and o.id = m.merged_id
      where m.workspace_id = $1 and m.at > now() - make_interval(days => $2) order by m.id desc limit 500`,
    values: [workspaceId, undoDays],
  });
}
