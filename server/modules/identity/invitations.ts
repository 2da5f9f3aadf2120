import sql from 'sql-template-tag';
import type { Role } from '#contracts/permissions.ts';
import { conflict, invalidField } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { inWorkspace } from '#server/modules/workspace/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { memberActor } from './authenticate.ts';
import { createLink, peekLink, takeLink } from './links.ts';
import { membershipsOf } from './memberships.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { createUser, findUser, readPasswordHash, type User } from './users.ts';

interface Invited {
  name: string;
  email: string;
  role: Role;
}

/** Invites, or invites again somebody who never came in. @throws AppError 409 when the address is a member's */
export async function invite(
  tx: Tx,
  actor: Actor,
  origin: string,
  { name, email, role }: Invited,
): Promise<{ memberId: number; link: string }> {
  const row = await tx.maybe<{ id: number }>(sql`insert into members (workspace_id, name, email, role, status)
    values (${actor.workspaceId}, ${name}, ${email.toLowerCase()}, ${role}, 'invited')
    on conflict (workspace_id, email) do update
      set name = excluded.name, role = excluded.role, status = 'invited' where members.user_id is null
    returning id`);
  if (!row) throw conflict('There is a member with this address already.');
  const link = await createLink(tx, origin, 'invite', { workspaceId: actor.workspaceId, memberId: row.id });
  await audit(tx, actor, 'invited', 'member', row.id, { role });
  return { memberId: row.id, link };
}

/**
 * A new link for a member who never signed in: invited, or entered with the accounts that they own, as the demo's are.
 * Links that were made for them before end.
 */
export async function inviteAgain(tx: Tx, actor: Actor, origin: string, memberId: number): Promise<string> {
  const link = await createLink(tx, origin, 'invite', { workspaceId: actor.workspaceId, memberId });
  await audit(tx, actor, 'invited', 'member', memberId);
  return link;
}

/**
 * Turns an invitation into a membership. Somebody with an account keeps it and proves it by its password: an invitation
 * must not open what other workspaces trust. @throws AppError 400 at `token` or `password`
 */
export async function acceptInvitation(
  tx: Tx,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<{ email: string; workspaceId: number }> {
  const link = await takeLink(tx, 'invite', token);
  const invited = link && (await findInvited(tx, Number(link.workspaceId), Number(link.memberId)));
  if (!invited) throw invalidField('token', 'is unknown, used or too old: ask for a new invitation');
  const known = await findUser(tx, invited.email);
  if (known) await requirePassword(tx, known, password);
  const user = known ?? (await createUser(tx, name, invited.email, await hashPassword(password)));
  const { workspaceId, memberId } = invited;
  await tx.run(sql`update members set user_id = ${user.id}, name = ${name}, status = 'active'
    where workspace_id = ${workspaceId} and id = ${memberId}`);
  const joined = (await membershipsOf(tx, user.id)).find((membership) => membership.memberId === memberId)!;
  await inWorkspace(tx, workspaceId, () => audit(tx, memberActor(joined), 'joined', 'member', memberId));
  return { email: invited.email, workspaceId };
}

export interface Invitee {
  name: string;
  email: string;
  workspaceName: string;
  hasAccount: boolean;
}

/** Whom an invitation that still works invites; null otherwise. It is not used up. */
export async function readInvitation(tx: Tx, token: string): Promise<Invitee | null> {
  const link = await peekLink(tx, 'invite', token);
  if (!link) return null;
  return tx.maybe<Invitee>(sql`select m.name, m.email, w.name as "workspaceName",
      exists (select 1 from auth."user" u where u.email = m.email) as "hasAccount"
    from members m join workspaces w on w.id = m.workspace_id
    where m.workspace_id = ${Number(link.workspaceId)} and m.id = ${Number(link.memberId)} and m.user_id is null
      and m.status <> 'disabled'`);
}

function findInvited(tx: Tx, workspaceId: number, memberId: number) {
  return tx.maybe<{ workspaceId: number; memberId: number; email: string }>(sql`
    select workspace_id as "workspaceId", id as "memberId", email from members
     where workspace_id = ${workspaceId} and id = ${memberId} and user_id is null and status <> 'disabled' for update`);
}

async function requirePassword(tx: Tx, user: User, password: string): Promise<void> {
  const stored = await readPasswordHash(tx, user.id);
  if (stored && (await verifyPassword(stored, password))) return;
  throw invalidField('password', 'is not the one of your account: this address has one already');
}
