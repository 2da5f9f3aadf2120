/** Notes on an account. Nothing of them is ever lost: earlier texts are kept, and a deleted note can be brought back. */
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { createNote, note, updateNote } from '#contracts/accounts.ts';
import type { Parsed } from '#contracts/kit.ts';
import { notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

export type Note = z.infer<typeof note>;

interface Row {
  id: number;
  body: string;
  author_name: string;
  pinned: boolean;
  created_at: Date;
  updated_at: Date;
  edits: number;
}

const columns = sql`id, body, author_name, pinned, created_at, updated_at, jsonb_array_length(history) as edits`;
/** Far more than a person writes by hand. */
const mostListed = 1_000;

export async function listNotes(tx: Tx, workspaceId: number, accountId: number): Promise<Note[]> {
  const rows = await tx.many<Row>(sql`select ${columns} from notes
    where workspace_id = ${workspaceId} and account_id = ${accountId} and deleted_at is null
    order by pinned desc, created_at desc, id desc limit ${mostListed}`);
  return rows.map(present);
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
  };
}
