import sql from 'sql-template-tag';
import type { Role } from '#contracts/permissions.ts';
import type { Session } from '#contracts/session.ts';
import { todayIn } from '#server/modules/workspace/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** A person's place in a workspace, as sign-in needs it. */
export interface Membership {
  workspaceId: number;
  workspaceName: string;
  timeZone: string;
  currency: string;
  isDemo: boolean;
  memberId: number;
  memberName: string;
  role: Role;
}

/** Active memberships, the oldest workspace first. Members are not fenced: the query names the user. */
export function membershipsOf(tx: Tx, userId: string): Promise<Membership[]> {
  return tx.many(sql`select m.workspace_id as "workspaceId", w.name as "workspaceName", w.time_zone as "timeZone",
      w.currency, w.is_demo as "isDemo", m.id as "memberId", m.name as "memberName", m.role
    from members m join workspaces w on w.id = m.workspace_id
    where m.user_id = ${userId} and m.status = 'active' order by m.workspace_id`);
}

/** The one a browser works in: as its cookie says, else the first. */
export function chooseMembership(memberships: readonly Membership[], wanted: number | null): Membership | null {
  return memberships.find((membership) => membership.workspaceId === wanted) ?? memberships[0] ?? null;
}

type CurrentWorkspace = NonNullable<Session['workspace']>;

/** The workspace that somebody works in, as a session shows it. */
export async function readWorkspace(tx: Tx, id: number): Promise<CurrentWorkspace> {
  const row = await tx.one<Omit<CurrentWorkspace, 'today'>>(sql`select id, name, time_zone as "timeZone", currency,
    is_demo as "isDemo" from workspaces where id = ${id}`);
  return { ...row, today: todayIn(row.timeZone) };
}
