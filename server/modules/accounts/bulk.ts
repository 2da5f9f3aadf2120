/** Owner or tags of many accounts at once, in set-based SQL, and taking it back within an hour. */
import { createHash, randomBytes } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import type { bulkAccounts as bulkContract } from '#contracts/accounts.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { BY_HAND } from '#core/accounts/truth.ts';
import { invalidField, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { readCalendar } from './calendar.ts';
import { recordChanges } from './history.ts';
import { conditionsOf } from './list/filters.ts';
import { memberOf, requireOwner } from './owner.ts';
import { redecide } from './truth/redecide.ts';

type Request = Parsed<typeof bulkContract>['body'];

/** Changes what differs only. @throws AppError 400 for an unknown owner or filter, 404 for an unknown id */
export async function bulkChange(tx: Tx, actor: Actor, request: Request): Promise<Answer<typeof bulkContract>> {
  const { ids, matching, set } = request;
  if ((ids === undefined) === (matching === undefined)) throw invalidField('ids', 'name ids or matching, one of them');
  if (set.ownerId === undefined && !set.addTags?.length && !set.removeTags?.length) {
    throw invalidField('set', 'names nothing to change');
  }
  if (set.ownerId) await requireOwner(tx, actor.workspaceId, set.ownerId, 'set.ownerId');
  await forgetOldChanges(tx, actor.workspaceId);
  const token = randomBytes(24).toString('base64url');
  const chosen = ids ? await chosenByIds(tx, actor.workspaceId, ids) : await chosenByMatch(tx, actor, matching!);
  const changeId = await record(tx, actor.workspaceId, token, chosen, set);
  const changed = await apply(tx, actor, changeId, 'after');
  if (changed === 0) return { changed, undoToken: null };
  await audit(tx, actor, 'bulk_updated', 'account', null, {
    changed,
    set,
    ...(matching && { matching }),
    change: changeId,
  });
  return { changed, undoToken: token };
}

/** Puts back what is still as the change left it; later edits stay. @throws AppError 404 for an unknown, used or old token */
export async function undoBulkChange(tx: Tx, actor: Actor, token: string): Promise<{ changed: number }> {
  const change = await tx.maybe<{ id: number }>(sql`update bulk_changes set undone_at = now()
    where workspace_id = ${actor.workspaceId} and token_hash = ${hash(token)} and undone_at is null and expires_at > now()
    returning id`);
  if (!change) throw notFound('bulk change that can still be undone');
  const changed = await apply(tx, actor, change.id, 'before');
  await audit(tx, actor, 'bulk_undone', 'account', null, { changed, change: change.id });
  return { changed };
}

async function chosenByIds(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<Sql> {
  const wanted = [...new Set(ids)];
  const { known } = await tx.one<{ known: number }>(sql`select count(*) as known from accounts
    where workspace_id = ${workspaceId} and merged_into is null and id = any(${wanted}::bigint[])`);
  if (known < wanted.length) throw notFound('account as one of these ids');
  return sql`select unnest(${wanted}::bigint[])`;
}

async function chosenByMatch(tx: Tx, { workspaceId }: Actor, matching: NonNullable<Request['matching']>): Promise<Sql> {
  const { today } = await readCalendar(tx, workspaceId);
  const selection = { q: matching.q, filters: matching.filters ?? [] };
  const conditions = await conditionsOf(tx, selection, { workspaceId, today }, 'matching.filters');
  return sql`select l.account_id from account_list l where ${conditions}`;
}

/** Writes down what each account has and will have; accounts that would not change are left out. */
async function record(tx: Tx, workspaceId: number, token: string, chosen: Sql, set: Request['set']): Promise<number> {
  const { id } = await tx.one<{ id: number }>(sql`insert into bulk_changes (workspace_id, token_hash, expires_at)
    values (${workspaceId}, ${hash(token)}, now() + interval '1 hour') returning id`);
  const owner = set.ownerId === undefined ? sql`a.owner_id` : sql`${set.ownerId}::bigint`;
  const tags = sql`array(select t from (
      select t, min(n) as n from unnest(a.tags || ${set.addTags ?? []}::text[]) with ordinality as x (t, n)
      where t <> all(${set.removeTags ?? []}::text[]) group by t) y order by n)`;
  await tx.run(sql`insert into bulk_change_rows
      (workspace_id, change_id, account_id, owner_before, owner_after, tags_before, tags_after, owner_said)
    select a.workspace_id, ${id}, a.id, a.owner_id, ${owner}, a.tags, x.tags,
      (select c.said -> 'owner' from account_claims c
        where c.workspace_id = a.workspace_id and c.account_id = a.id and c.source = ${BY_HAND})
    from accounts a cross join lateral (select ${tags} as tags) x
    where a.workspace_id = ${workspaceId} and a.id in (${chosen})
      and (a.owner_id is distinct from ${owner} or a.tags <> x.tags)
    order by a.id for update of a`);
  return id;
}

/** Sets one side of what was recorded where the other is still in place. Returns the number of accounts changed. */
async function apply(tx: Tx, actor: Actor, changeId: number, side: 'before' | 'after'): Promise<number> {
  const [owner, tags, fromOwner, fromTags] =
    side === 'after'
      ? [sql`r.owner_after`, sql`r.tags_after`, sql`r.owner_before`, sql`r.tags_before`]
      : [sql`r.owner_before`, sql`r.tags_before`, sql`r.owner_after`, sql`r.tags_after`];
  const owners = await tx.many<{ id: number; owner_id: number | null }>(sql`
    update accounts a set owner_id = ${owner}, updated_at = now() from bulk_change_rows r
    where r.workspace_id = ${actor.workspaceId} and r.change_id = ${changeId} and a.workspace_id = r.workspace_id
      and a.id = r.account_id and a.owner_id is not distinct from ${fromOwner} and a.owner_id is distinct from ${owner}
    returning a.id, a.owner_id`);
  const retagged = await tx.many<{ id: number }>(sql`
    update accounts a set tags = ${tags}, updated_at = now() from bulk_change_rows r
    where r.workspace_id = ${actor.workspaceId} and r.change_id = ${changeId} and a.workspace_id = r.workspace_id
      and a.id = r.account_id and a.tags = ${fromTags} and a.tags <> ${tags}
    returning a.id`);
  const reason = side === 'after' ? 'bulk change' : 'bulk change undone';
  const moved = owners.map(({ id, owner_id }) => ({ accountId: id, field: 'owner' as const, value: textOf(owner_id) }));
  const cause = { memberId: memberOf(actor), reason, now: Date.now() };
  await recordChanges(tx, actor.workspaceId, moved, { ...cause, at: cause.now });
  const ids = owners.map(({ id }) => id);
  if (side === 'after') await claimOwners(tx, actor, ids, cause.now);
  else await restoreOwnerClaims(tx, actor.workspaceId, changeId, ids);
  await redecide(tx, actor.workspaceId, ids, ['owner'], cause);
  return new Set([...owners, ...retagged].map(({ id }) => id)).size;
}

/** Who was chosen in bulk was chosen by hand, and holds against every source. */
async function claimOwners(tx: Tx, { workspaceId, name }: Actor, ids: readonly number[], now: number): Promise<void> {
  await tx.run(sql`insert into account_claims as c (workspace_id, account_id, source, said)
    select workspace_id, id, ${BY_HAND}, jsonb_build_object('owner', jsonb_build_array(owner_id, ${now}::bigint, ${name}::text))
    from accounts where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])
    on conflict (workspace_id, account_id, source) do update set said = c.said || excluded.said`);
}

async function restoreOwnerClaims(
  tx: Tx,
  workspaceId: number,
  changeId: number,
  ids: readonly number[],
): Promise<void> {
  await tx.run(sql`update account_claims c set said = (c.said - 'owner') ||
      case when r.owner_said is null then '{}' else jsonb_build_object('owner', r.owner_said) end
    from bulk_change_rows r where r.workspace_id = ${workspaceId} and r.change_id = ${changeId}
      and r.account_id = any(${ids}::bigint[]) and c.workspace_id = r.workspace_id and c.account_id = r.account_id
      and c.source = ${BY_HAND}`);
}

async function forgetOldChanges(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run(sql`delete from bulk_changes where workspace_id = ${workspaceId} and expires_at < now()`);
}

function textOf(id: number | null): string | null {
  return id === null ? null : String(id);
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
