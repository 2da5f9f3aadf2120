import { roles } from '#contracts/permissions.ts';
import type { Session } from '#contracts/session.ts';
import { todayIn } from '#server/modules/workspace/index.ts';
import { chooseMembership, type Membership } from './memberships.ts';
import type { User } from './users.ts';

export const signedOut: Session = {
  user: null,
  workspace: null,
  memberId: null,
  role: null,
  permissions: [],
  memberships: [],
};

/** What the web app knows of the signed-in person; `wanted` is the workspace to work in, when it is one of theirs. */
export function presentSession(user: User, memberships: readonly Membership[], wanted: number | null): Session {
  const current = chooseMembership(memberships, wanted);
  return {
    user: { name: current?.memberName ?? user.name, email: user.email },
    workspace: current && presentWorkspace(current),
    memberId: current?.memberId ?? null,
    role: current?.role ?? null,
    permissions: current ? [...roles[current.role].can] : [],
    memberships: memberships.map(presentMembership),
  };
}

function presentWorkspace(membership: Membership): NonNullable<Session['workspace']> {
  return {
    id: membership.workspaceId,
    name: membership.workspaceName,
    timeZone: membership.timeZone,
    currency: membership.currency,
    isDemo: membership.isDemo,
    today: todayIn(membership.timeZone),
  };
}

function presentMembership(membership: Membership): Session['memberships'][number] {
  const { workspaceId, workspaceName, memberId, role, isDemo } = membership;
  return { workspaceId, workspaceName, memberId, role, isDemo };
}
