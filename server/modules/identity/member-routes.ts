import sql from 'sql-template-tag';
import * as contract from '#contracts/workspace.ts';
import { conflict } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { type Actor, type Route, rawRoute, route } from '#server/platform/http/route.ts';
import type { Mail } from '#server/platform/mail/mail.ts';
import type { IdentityParts } from './deps.ts';
import { invite, inviteAgain } from './invitations.ts';
import { createLink } from './links.ts';
import { invitationMail } from './mails.ts';
import { getMember, listMembers, readMember, requireWithin, updateMember } from './members.ts';

export function memberRoutes({ log, mailer, authenticator, publicOrigin }: IdentityParts): Route[] {
  return [
    route(contract.listMembers, async ({ tx, actor }) => ({ items: await listMembers(tx, actor.workspaceId) })),
    rawRoute(contract.inviteMember, async ({ pool, actor, body }) => {
      const inviter = actor!;
      requireWithin(inviter, body.role);
      const invited = await transaction(pool, inviter.workspaceId, async (tx) => {
        const { memberId, link } = await invite(tx, inviter, publicOrigin(), body);
        const { name } = await tx.one<{ name: string }>(
          sql`select name from workspaces where id = ${inviter.workspaceId}`,
        );
        return { member: await getMember(tx, inviter.workspaceId, memberId), link, workspace: name };
      });
      const { member, link, workspace } = invited;
      return { member, link, mailed: await mailed(invitationMail(member.email, link, inviter.name, workspace)) };
    }),
    route(contract.updateMember, async ({ tx, actor, params, body }) => {
      const changed = await updateMember(tx, actor, params.id, body);
      authenticator.forget();
      return changed;
    }),
    route(
      contract.resetMember,
      async ({ tx, actor, params }) => {
        const { user_id: userId, role, status } = await readMember(tx, actor.workspaceId, params.id);
        if (status === 'disabled') throw conflict('This member may not sign in. Allow it first.');
        requireWithin(actor, role);
        if (userId === null) return { link: await inviteAgain(tx, actor, publicOrigin(), params.id) };
        await requireOwnPerson(tx, actor, userId);
        const link = await createLink(tx, publicOrigin(), 'reset', { userId });
        await audit(tx, actor, 'made a reset link for', 'member', params.id);
        return { link };
      },
      { answersOnce: true },
    ),
  ];

  /** After the commit: a mail can't be taken back, and a slow mail server must hold no transaction open. */
  async function mailed(mail: Mail): Promise<boolean> {
    if (!mailer) return false;
    try {
      await mailer.send(mail);
      return true;
    } catch (err) {
      log.error({ err }, 'no invitation was mailed');
      return false;
    }
  }
}

/** The link opens all that a person may do, so it is not for the administrator of only one of their workspaces. */
async function requireOwnPerson(tx: Tx, actor: Actor, userId: string): Promise<void> {
  const elsewhere = await tx.run(sql`select from members m join workspaces w on w.id = m.workspace_id
    where m.user_id = ${userId} and m.workspace_id <> ${actor.workspaceId} and m.status = 'active' and not w.is_demo
      and not exists (select from members a join members me on me.user_id = a.user_id
        where me.workspace_id = ${actor.workspaceId} and me.id = ${actor.kind === 'member' ? actor.id : null}
          and a.workspace_id = m.workspace_id and a.role = 'admin' and a.status = 'active')`);
  if (elsewhere > 0) throw conflict('This person also works in other workspaces and must ask for the link by mail.');
}
