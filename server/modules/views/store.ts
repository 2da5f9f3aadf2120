/** Saved views belong to the member who made them; an API key's are everybody's. */
import sql, { empty } from 'sql-template-tag';
import type { z } from 'zod';
import type { Parsed } from '#contracts/kit.ts';
import type { createView as createContract, savedView, updateView as updateContract } from '#contracts/workspace.ts';
import { invalidField, notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

type SavedView = z.infer<typeof savedView>;
interface Row {
  id: number;
  resource: SavedView['resource'];
  name: string;
  member_id: number | null;
  shared: boolean;
  state: Record<string, unknown>;
}

const columns = sql`id, resource, name, member_id, shared, state`;
const mostStateBytes = 20_000;

export async function listViews(tx: Tx, actor: Actor, resource: SavedView['resource'] | undefined) {
  const rows = await tx.many<Row>(sql`select ${columns} from saved_views
    where workspace_id = ${actor.workspaceId} and (shared or member_id = ${memberOf(actor)})
      ${resource === undefined ? empty : sql`and resource = ${resource}`}
    order by lower(name), id limit 1000`);
  return rows.map((row) => present(row, actor));
}

export async function createView(tx: Tx, actor: Actor, view: Parsed<typeof createContract>['body']) {
  const row = await tx.one<Row>(sql`insert into saved_views (workspace_id, resource, name, member_id, shared, state)
    values (${actor.workspaceId}, ${view.resource}, ${view.name}, ${memberOf(actor)},
      ${view.shared || actor.kind !== 'member'}, ${stateJson(view.state)}::jsonb)
    returning ${columns}`);
  return present(row, actor);
}

/** @throws AppError 404 for a view of somebody else, shared or not */
export async function updateView(tx: Tx, actor: Actor, id: number, change: Parsed<typeof updateContract>['body']) {
  const row = await tx.maybe<Row>(sql`update saved_views set
      name = coalesce(${change.name ?? null}, name), shared = coalesce(${change.shared ?? null}, shared),
      state = coalesce(${change.state ? stateJson(change.state) : null}::jsonb, state)
    where workspace_id = ${actor.workspaceId} and id = ${id} and member_id is not distinct from ${memberOf(actor)}
    returning ${columns}`);
  if (!row) throw notFound('view of yours');
  return present(row, actor);
}

export async function deleteView(tx: Tx, actor: Actor, id: number): Promise<undefined> {
  const gone = await tx.run(sql`delete from saved_views where workspace_id = ${actor.workspaceId} and id = ${id}
    and member_id is not distinct from ${memberOf(actor)}`);
  if (gone === 0) throw notFound('view of yours');
}

function memberOf(actor: Actor): number | null {
  return actor.kind === 'member' ? actor.id : null;
}

function stateJson(state: Record<string, unknown>): string {
  const text = JSON.stringify(state);
  if (text.length > mostStateBytes) throw invalidField('state', `may have ${mostStateBytes} characters`);
  return text;
}

function present(row: Row, actor: Actor): SavedView {
  return {
    id: row.id,
    resource: row.resource,
    name: row.name,
    shared: row.shared,
    own: row.member_id === memberOf(actor),
    state: row.state,
  };
}
