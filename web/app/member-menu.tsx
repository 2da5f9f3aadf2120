import { useNavigate } from '@tanstack/react-router';
import { call } from '#contracts/client.ts';
import { roles } from '#contracts/permissions.ts';
import { signOut, switchWorkspace } from '#contracts/session.ts';
import { errorText } from '#web/lib/errors.ts';
import { openWorkspace, replaceSession, useSignedIn } from '#web/lib/session.ts';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { toast } from '#web/ui/toast.tsx';
import { MemberButton } from './member-button.tsx';

/** The member's own menu: workspaces and signing out. Fetched when it is first pressed. */
export default function MemberMenu() {
  const { user, workspace, session } = useSignedIn();
  const navigate = useNavigate();
  const leave = async () => {
    try {
      await call(signOut, {});
    } finally {
      replaceSession(null);
      await navigate({ to: '/sign-in' });
    }
  };
  const enter = async (workspaceId: number) => {
    try {
      await call(switchWorkspace, { body: { workspaceId } });
      openWorkspace();
    } catch (error) {
      toast({ tone: 'failed', text: errorText(error).title });
    }
  };
  const others: MenuEntry[] = session.memberships.map((membership) => ({
    label: membership.workspaceName,
    checked: membership.workspaceId === workspace.id,
    onSelect: () => void enter(membership.workspaceId),
  }));
  return (
    <Menu
      defaultOpen
      trigger={<MemberButton />}
      entries={[
        { heading: `${user.name}${session.role ? `, ${roles[session.role].title}` : ''}` },
        { label: 'Intake', onSelect: () => void navigate({ to: '/intake' }) },
        { label: 'Settings', onSelect: () => void navigate({ to: '/settings' }) },
        null,
        { heading: 'Workspace' },
        ...others,
        null,
        { label: 'Sign out', onSelect: () => void leave() },
      ]}
    />
  );
}
