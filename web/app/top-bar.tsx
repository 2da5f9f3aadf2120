import { useNavigate, useSearch } from '@tanstack/react-router';
import { Moon, Search, Sun } from 'lucide-react';
import { call } from '#contracts/client.ts';
import { roles } from '#contracts/permissions.ts';
import { signOut, switchWorkspace } from '#contracts/session.ts';
import { errorText } from '#web/lib/errors.ts';
import { replaceSession, useSignedIn } from '#web/lib/session.ts';
import { setTheme, useTheme } from '#web/lib/theme.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { toast } from '#web/ui/toast.tsx';
import { AsOfSwitch } from './as-of-switch.tsx';
import { Mark } from './navigation.tsx';

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { dark } = useTheme();
  const { asOf } = useSearch({ strict: false });
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 px-3">
      <span className="md:hidden">
        <Mark />
      </span>
      <button
        type="button"
        onClick={onSearch}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-sm text-faint hover:border-control sm:max-w-88"
      >
        <Search className="size-4 shrink-0" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate text-left">Search or do anything</span>
        <span className="hidden sm:inline">
          <Kbd keys="mod+k" />
        </span>
      </button>
      <span className="flex-1" />
      <AsOfSwitch asOf={asOf} />
      <IconButton
        label={dark ? 'Use the light theme' : 'Use the dark theme'}
        onClick={() => setTheme(dark ? 'light' : 'dark')}
      >
        {dark ? <Sun className="size-4" aria-hidden="true" /> : <Moon className="size-4" aria-hidden="true" />}
      </IconButton>
      <MemberMenu />
    </header>
  );
}

function MemberMenu() {
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
      replaceSession(await call(switchWorkspace, { body: { workspaceId } }));
      await navigate({ to: '/portfolio' });
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
      trigger={
        <button
          type="button"
          className="flex size-8 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text hover:brightness-95"
        >
          <span aria-hidden="true">{initials(user.name)}</span>
          <span className="sr-only">{user.name}, menu</span>
        </button>
      }
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

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}
