import sql, { empty, type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { Parsed } from '#contracts/kit.ts';
import { type Role, roles } from '#contracts/permissions.ts';
import type { member, updateMember as updateContract } from '#contracts/workspace.ts';
import { beyondOwn, conflict, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { revokeLinks } from './links.ts';

type Member = z.infer<typeof member>;
interface Row {
  id: number;
  name: string;
  email: string;
  role: Role;
  status: Member['status'];
  accounts: number;
  created_at: Date;
  user_id: string | null;
}

export async function listMembers(tx: Tx, workspaceId: number): Promise<Member[]> {
  return (await select(tx, workspaceId, empty)).map(present);
}

export async function getMember(tx: Tx, workspaceId: number, id: number): Promise<Member> {
  return present(await readMember(tx, workspaceId, id));
}

/** @throws AppError 404 */
export async function readMember(tx: Tx, workspaceId: number, id: number): Promise<Row> {
  const [row] = await select(tx, workspaceId, sql`and m.id = ${id}`);
  if (!row) throw notFound('member');
  return row;
}

/** Changes name, role or status; the last active administrator stays one. @throws AppError 403, 404 or 409 */
export async function updateMember(
  tx: Tx,
  actor: Actor,
  id: number,
  change: Parsed<typeof updateContract>['body'],
): Promise<Member> {
  await lockMembers(tx, actor.workspaceId);
  const before = await readMember(tx, actor.workspaceId, id);
  const after = { ...before, ...change };
  if (change.role) requireWithin(actor, change.role);
  if (change.status === 'active' && before.user_id === null) throw conflict('The invitation was not accepted yet.');
  await tx.run(sql`update members set name = ${after.name}, role = ${after.role}, status = ${after.status}
    where workspace_id = ${actor.workspaceId} and id = ${id}`);
  await requireAdministrator(tx, actor.workspaceId);
  if (after.status === 'disabled') await revokeLinks(tx, 'invite', { workspaceId: actor.workspaceId, memberId: id });
  const { role, status } = change;
  await audit(tx, actor, 'changed', 'member', id, { ...(role && { role }), ...(status && { status }) });
  return present(after);
}

/** Nobody gives more than they have: an API key that may manage members is no way to become an administrator. */
export function requireWithin(actor: Actor, role: Role): void {
  if (roles[role].can.every((permission) => actor.permissions.has(permission))) return;
  throw beyondOwn('Nobody gives a role that may more than they may.');
}

/** Two changes at once must not each leave the other's administrator as the last. */
async function lockMembers(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run(sql`select id from workspaces where id = ${workspaceId} for update`);
}

async function requireAdministrator(tx: Tx, workspaceId: number): Promise<void> {
  const left = await tx.run(sql`select id from members
    where workspace_id = ${workspaceId} and role = 'admin' and status = 'active' and user_id is not null limit 1`);
  if (left === 0) throw conflict('The last administrator stays: make somebody else one first.');
}

function select(tx: Tx, workspaceId: number, which: Sql): Promise<Row[]> {
  return tx.many(sql`
    select m.id, m.name, m.email, m.role, m.status, m.created_at, m.user_id, coalesce(book.accounts, 0) as accounts
      from members m
      left join (select owner_id, count(*) as accounts from accounts
                  where workspace_id = ${workspaceId} and owner_id is not null and merged_into is null
                  group by owner_id) book on book.owner_id = m.id
     where m.workspace_id = ${workspaceId} ${which} order by lower(m.name), m.id`);
}

function present(row: Row): Member {
  const { id, name, email, role, status, accounts } = row;
  return { id, name, email, role, status, accounts, createdAt: row.created_at.toISOString() };
}
