import { useSearch } from '@tanstack/react-router';
import { Moon, Search, Sun } from 'lucide-react';
import { lazy } from 'react';
import { setTheme, useTheme } from '#web/lib/theme.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { Mark } from '#web/ui/mark.tsx';
import { AsOfSwitch } from './as-of-switch.tsx';
import { MemberButton } from './member-button.tsx';
import { OnDemand } from './on-demand.tsx';

const MemberMenu = lazy(() => import('./member-menu.tsx'));

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
        <span className="min-w-0 flex-1 truncate text-left">
          Search<span className="max-sm:hidden"> or do anything</span>
        </span>
        <span className="hidden sm:inline">
          <Kbd keys="mod+k" />
        </span>
      </button>
      <span className="flex-1 max-sm:hidden" />
      <AsOfSwitch asOf={asOf} />
      <IconButton
        label={dark ? 'Use the light theme' : 'Use the dark theme'}
        onClick={() => setTheme(dark ? 'light' : 'dark')}
      >
        {dark ? <Sun className="size-4" aria-hidden="true" /> : <Moon className="size-4" aria-hidden="true" />}
      </IconButton>
      <OnDemand button={(press) => <MemberButton aria-haspopup="menu" onClick={press} />} menu={MemberMenu} />
    </header>
  );
}
