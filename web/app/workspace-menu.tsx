import { useNavigate } from '@tanstack/react-router';
import { useSignedIn } from '#web/lib/session.ts';
import { Menu } from '#web/ui/menu.tsx';
import { workspaceEntries } from './enter-workspace.ts';
import { WorkspaceButton } from './workspace-button.tsx';

/** The workspaces of the member, and the way to what is set in this one. Fetched when it is first pressed. */
export default function WorkspaceMenu() {
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  return (
    <Menu
      defaultOpen
      align="start"
      trigger={<WorkspaceButton />}
      entries={[
        { heading: 'Workspace' },
        ...workspaceEntries(signedIn),
        null,
        { label: 'Workspace settings', onSelect: () => void navigate({ to: '/settings/workspace' }) },
        { label: 'Members', onSelect: () => void navigate({ to: '/settings/members' }) },
      ]}
    />
  );
}
