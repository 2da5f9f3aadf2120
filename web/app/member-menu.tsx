import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '#contracts/client.ts';
import { roles } from '#contracts/permissions.ts';
import { signOut } from '#contracts/session.ts';
import { ChangePassword } from '#web/features/entrance/change-password.tsx';
import { runCommand } from '#web/lib/commands.ts';
import { replaceSession, useSignedIn } from '#web/lib/session.ts';
import { Menu } from '#web/ui/menu.tsx';
import { workspaceEntries } from './enter-workspace.ts';
import { MemberButton } from './member-button.tsx';

/** The member's own menu: workspaces, password, help and signing out. Fetched when it is first pressed. */
export default function MemberMenu() {
  const signedIn = useSignedIn();
  const { user, session } = signedIn;
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  const leave = async () => {
    try {
      await call(signOut, {});
    } finally {
      replaceSession(null);
      await navigate({ to: '/sign-in' });
    }
  };
  return (
    <>
      <Menu
        defaultOpen
        trigger={<MemberButton />}
        entries={[
          { heading: `${user.name}${session.role ? `, ${roles[session.role].title}` : ''}` },
          { label: 'Intake', onSelect: () => void navigate({ to: '/intake' }) },
          { label: 'Settings', onSelect: () => void navigate({ to: '/settings' }) },
          null,
          { heading: 'Workspace' },
          ...workspaceEntries(signedIn),
          null,
          { label: 'Change password', onSelect: () => setChanging(true) },
          { label: 'Keyboard shortcuts', shortcut: '?', onSelect: () => runCommand('keyboard') },
          { label: 'Documentation', onSelect: () => window.location.assign('/docs') },
          { label: 'API reference', onSelect: () => window.location.assign('/docs/api') },
          null,
          { label: 'Sign out', onSelect: () => void leave() },
        ]}
      />
      {changing && <ChangePassword onClose={() => setChanging(false)} />}
    </>
  );
}
