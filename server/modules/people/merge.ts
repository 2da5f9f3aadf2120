/** Two contacts that are one person (chapter 01): both histories are kept, and it can be undone for 30 days. */
import { conflict, invalidField, notFound } from '#server/errors.ts';
import { undoDays } from '#server/modules/accounts/index.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import { markUsageStale } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Moved, moveAll, moveBack } from './moves.ts';

interface Pair {
  keptId: number;
  mergedId: number;
}

/**
 * Makes `mergedId` part of `keptId`, whose own fields win. Returns the merge's id.
 * @param options.memberId who merges them; null: telemetry said so, or an API key
 * @throws AppError 400 for one and the same, 404, 409 when one is merged already
 */
export async function mergeContacts(
  tx: Tx,
  workspaceId: number,
  { keptId, mergedId, memberId }: Pair & { memberId: number | null },
): Promise<number> {
  if (keptId === mergedId) throw invalidField('otherId', 'is the contact itself');
  const pair = await lockPair(tx, workspaceId, keptId, mergedId);
  if (pair.some((contact) => contact.merged_into !== null))
    throw conflict('One of the two is merged into another contact already.');
  await markChanged(tx, workspaceId, keptId, mergedId);
  const moved = await moveAll(tx, { workspaceId, from: mergedId, to: keptId });
  const { id } = await tx.one<{ id: number }>({
    text: `insert into contact_merges (workspace_id, kept_id, merged_id, by_member, moved)
      select $1, k.id, j.id, $4::bigint, jsonb_build_object('rows', $5::jsonb, 'kept', to_jsonb(k), 'merged', to_jsonb(j))
      from contacts k, contacts j where k.workspace_id = $1 and k.id = $2 and j.workspace_id = $1 and j.id = $3
      returning id`,
    values: [workspaceId, keptId, mergedId, memberId, JSON.stringify(moved)],
  });
  const values = [workspaceId, keptId, mergedId];
  await tx.run({ text: fillText, values });
  await tx.run({
    text: 'update contacts set merged_into = $2, account_id = null where workspace_id = $1 and id = $3',
    values,
  });
  return id;
}

const fillText = `update contacts k set name = coalesce(k.name, j.name), email = coalesce(k.email, j.email),
    title = coalesce(k.title, j.title), is_user = k.is_user or j.is_user, since = least(k.since, j.since),
    account_id = coalesce(k.account_id, j.account_id), account_at = coalesce(k.account_at, j.account_at),
    attributes = j.attributes || k.attributes
  from contacts j where k.workspace_id = $1 and k.id = $2 and j.workspace_id = $1 and j.id = $3`;

interface MergeState {
  kept_id: number;
  merged_id: number;
  rows: Moved;
  undone: boolean;
  late: boolean;
}

/** Takes a merge apart and returns both ids. @throws AppError 404; 409 when it is undone, too old, or lies below a later merge */
export async function undoContactMerge(tx: Tx, workspaceId: number, mergeId: number): Promise<Pair> {
  const merge = await tx.maybe<MergeState>({
    text: `select kept_id, merged_id, moved -> 'rows' as rows, undone_at is not null as undone,
        at < now() - make_interval(days => $3) as late
      from contact_merges where workspace_id = $1 and id = $2 for update`,
    values: [workspaceId, mergeId, undoDays],
  });
  if (!merge) throw notFound('merge');
  if (merge.undone) throw conflict('This merge has been undone already.');
  if (merge.late) throw conflict(`A merge can be undone for ${undoDays} days.`);
  const { kept_id: keptId, merged_id: mergedId } = merge;
  const contacts = await lockPair(tx, workspaceId, keptId, mergedId);
  if (contacts.find((contact) => contact.id === keptId)!.merged_into !== null) {
    throw conflict('The contact has been merged into another one since. Undo that merge first.');
  }
  await markChanged(tx, workspaceId, keptId);
  await moveBack(tx, { workspaceId, from: mergedId, to: keptId }, merge.rows);
  const values = [workspaceId, mergeId];
  await tx.run({ text: unfillText, values });
  await tx.run({ text: restoreText, values });
  await tx.run({
    text: 'update contact_merges set undone_at = now() where workspace_id = $1 and id = $2',
    values,
  });
  return { keptId, mergedId };
}

/** What the merge filled in is taken out again; what has been said since stays. */
const filled = (column: string) =>
  `${column} = case when m.kept ->> '${column}' is null and k.${column} = (m.merged_row).${column} then null else k.${column} end`;
const unfillText = `with m as (
    select kept_id, moved -> 'kept' as kept, moved -> 'merged' as merged,
      jsonb_populate_record(null::contacts, moved -> 'merged') as merged_row,
      jsonb_populate_record(null::contacts, moved -> 'kept') as kept_row
    from contact_merges where workspace_id = $1 and id = $2)
  update contacts k set ${['name', 'email', 'title', 'account_id', 'account_at'].map(filled).join(', ')},
    is_user = case when (m.merged_row).is_user and not (m.kept_row).is_user and not exists (
        select 1 from contact_ids i where i.workspace_id = $1 and i.contact_id = k.id and i.source = 'telemetry')
      then false else k.is_user end,
    since = case when k.since = (m.merged_row).since then (m.kept_row).since else k.since end,
    attributes = (select coalesce(jsonb_object_agg(a.key, a.value), '{}') from jsonb_each(k.attributes) a
      where (m.kept -> 'attributes') ? a.key or (m.merged -> 'attributes' -> a.key) is distinct from a.value)
  from m where k.workspace_id = $1 and k.id = m.kept_id`;
const restoreText = `update contacts j set merged_into = null, account_id = (m.row).account_id, account_at = (m.row).account_at
  from (select merged_id, jsonb_populate_record(null::contacts, moved -> 'merged') as row
    from contact_merges where workspace_id = $1 and id = $2) m
  where j.workspace_id = $1 and j.id = m.merged_id`;

async function lockPair(tx: Tx, workspaceId: number, ...ids: number[]) {
  const rows = await tx.many<{ id: number; merged_into: number | null }>({
    text: 'select id, merged_into from contacts where workspace_id = $1 and id = any ($2::bigint[]) order by id for update',
    values: [workspaceId, ids],
  });
  if (rows.length < ids.length) throw notFound('contact');
  return rows;
}

/** Every account where these people are or were: two users become one or one two, now and on every past day. */
async function markChanged(tx: Tx, workspaceId: number, ...contactIds: number[]): Promise<void> {
  const accounts = await tx.many<{ accountId: number; firstDay: string | null }>({
    text: `select a.account_id as "accountId", (u.first_day - 1)::text as "firstDay"
      from (select distinct account_id from contact_accounts where workspace_id = $1 and contact_id = any ($2::bigint[])) a
      left join usage_accounts u on u.workspace_id = $1 and u.account_id = a.account_id`,
    values: [workspaceId, contactIds],
  });
  await markDirty(
    tx,
    workspaceId,
    accounts.map(({ accountId, firstDay }) => ({
      accountId,
      families: ['contacts', 'tickets', 'surveys', 'stakeholders'],
      historyFrom: firstDay,
    })),
  );
  await markUsageStale(
    tx,
    workspaceId,
    accounts.map(({ accountId }) => accountId),
  );
}

export interface ContactMergeRow {
  id: number;
  keptId: number;
  keptName: string;
  mergedId: number;
  mergedName: string;
  accountId: number | null;
  accountName: string | null;
  at: Date;
  undoneAt: Date | null;
}

/** Merges of people of the last 30 days, newest first. */
export function listContactMerges(tx: Tx, workspaceId: number): Promise<ContactMergeRow[]> {
  const named = (moved: string) => `coalesce(${moved} ->> 'name', ${moved} ->> 'email', 'Unnamed')`;
  return tx.many<ContactMergeRow>({
    text: `select m.id, m.kept_id as "keptId", ${named("m.moved -> 'kept'")} as "keptName", m.merged_id as "mergedId",
        ${named("m.moved -> 'merged'")} as "mergedName", a.id as "accountId", a.name as "accountName", m.at,
        m.undone_at as "undoneAt"
      from contact_merges m
      join contacts k on k.workspace_id = $1 and k.id = m.kept_id
      left join accounts a on a.workspace_id = $1 and a.id = k.account_id
      where m.workspace_id = $1 and m.at > now() - make_interval(days => $2) order by m.id desc limit 500`,
    values: [workspaceId, undoDays],
  });
}
