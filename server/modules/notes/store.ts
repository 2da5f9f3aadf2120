/** Notes on an account. Nothing of them is ever lost: earlier texts are kept, and a deleted note can be brought back. */
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Parsed } from '#contracts/kit.ts';
import type { createNote, note, noteVersion, updateNote } from '#contracts/notes.ts';
import { notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

export type Note = z.infer<typeof note>;
type Version = z.infer<typeof noteVersion>;

interface Row {
  id: number;
  body: string;
  author_name: string;
  pinned: boolean;
  created_at: Date;
  updated_at: Date;
  edits: number;
  deleted_at: Date | null;
}

const columns = sql`id, body, author_name, pinned, created_at, updated_at, jsonb_array_length(history) as edits,
  deleted_at`;
/** Far more than a person writes by hand. */
const mostListed = 1_000;

/** Of an account, or those deleted there. */
export async function listNotes(tx: Tx, workspaceId: number, accountId: number, deleted: boolean): Promise<Note[]> {
  const rows = await tx.many<Row>(sql`select ${columns} from notes
    where workspace_id = ${workspaceId} and account_id = ${accountId} and (deleted_at is not null) = ${deleted}
    order by pinned desc, created_at desc, id desc limit ${mostListed}`);
  return rows.map(present);
}

/**
 * Every text of a note, deleted or not, newest first. Who wrote the first is kept with the note; who wrote a later one is
 * in the audit entry that was made in the same transaction, hence at the same instant. @throws AppError 404
 */
export async function listVersions(tx: Tx, workspaceId: number, id: number): Promise<Version[]> {
  const rows = await tx.many<{ body: string; at: Date; by_name: string | null }>(sql`
    select t.body, t.at, case when t.nth = 1 then n.author_name else e.actor_name end as by_name
    from notes n
    cross join lateral rows from (
      jsonb_to_recordset(n.history || jsonb_build_object('at', n.updated_at, 'body', n.body))
        as (at timestamptz, body text)) with ordinality as t (at, body, nth)
    left join lateral (select actor_name from audit_log a
      where a.workspace_id = n.workspace_id and a.subject_kind = 'note' and a.subject_id = n.id::text and a.at = t.at
      order by a.id desc limit 1) e on true
    where n.workspace_id = ${workspaceId} and n.id = ${id} order by t.nth desc`);
  if (rows.length === 0) throw notFound('note');
  return rows.map(({ body, at, by_name }) => ({ body, at: at.toISOString(), byName: by_name }));
}

export async function writeNote(
  tx: Tx,
  actor: Actor,
  accountId: number,
  { body, pinned }: Parsed<typeof createNote>['body'],
): Promise<Note> {
  const author = actor.kind === 'member' ? actor.id : null;
  const row = await tx.one<Row>(sql`insert into notes (workspace_id, account_id, author_id, author_name, body, pinned)
    values (${actor.workspaceId}, ${accountId}, ${author}, ${actor.name}, ${body}, ${pinned}) returning ${columns}`);
  await audit(tx, actor, 'created', 'note', row.id, { account: accountId });
  return present(row);
}

/** A new text puts the old one into the history; `deleted` false brings a note back. @throws AppError 404 */
export async function changeNote(
  tx: Tx,
  actor: Actor,
  id: number,
  { body, pinned, deleted }: Parsed<typeof updateNote>['body'],
): Promise<Note> {
  const text = body ?? null;
  const row = await tx.maybe<Row>(sql`update notes set
      history = case when ${text}::text is null or ${text} = body then history
        else history || jsonb_build_object('at', updated_at, 'body', body) end,
      updated_at = case when ${text}::text is null or ${text} = body then updated_at else now() end,
      body = coalesce(${text}, body), pinned = coalesce(${pinned ?? null}, pinned),
      deleted_at = case ${deleted ?? null}::boolean when true then coalesce(deleted_at, now()) when false then null
        else deleted_at end
    where workspace_id = ${actor.workspaceId} and id = ${id} and (deleted_at is null or ${deleted ?? null} = false)
    returning ${columns}`);
  if (!row) throw notFound('note');
  const action = deleted === undefined ? 'updated' : deleted ? 'deleted' : 'restored';
  await audit(tx, actor, action, 'note', id, {
    ...(pinned !== undefined && { pinned }),
    ...(body && { edited: true }),
  });
  return present(row);
}

function present(row: Row): Note {
  return {
    id: row.id,
    body: row.body,
    authorName: row.author_name,
    pinned: row.pinned,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    edits: row.edits,
    deletedAt: row.deleted_at?.toISOString() ?? null,
  };
}
