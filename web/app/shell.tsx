import { Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { type Command, useCommands } from '#web/lib/commands.ts';
import { useLive } from '#web/lib/live.ts';
import { useOnline } from '#web/lib/online.ts';
import { useSequences, useShortcut } from '#web/lib/shortcuts.ts';
import { useStored } from '#web/lib/stored.ts';
import { setTheme } from '#web/lib/theme.ts';
import { cx } from '#web/ui/cx.ts';
import { fetchAhead, pressedParts } from '#web/ui/fetch-ahead.ts';
import { BottomBar, Navigation, places } from './navigation.tsx';
import { TopBar } from './top-bar.tsx';
import { useWorkCounts } from './work-counts.ts';
import { WorksBanner } from './works-banner.tsx';

const loadPalette = () => import('./command-palette.tsx');
const CommandPalette = lazy(loadPalette);
const ShortcutsHelp = lazy(() => import('./shortcuts-help.tsx'));

/** The frame of every page behind the sign-in: navigation, top bar, and the page; `children` in place of the route's. */
export function Shell({ children }: { children?: ReactNode }) {
  const counts = useWorkCounts();
  const [collapsed, setCollapsed] = useStored('navigation.collapsed', false);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const { asOf } = useSearch({ strict: false });
  const online = useOnline();
  const navigate = useNavigate();
  useLive();
  useShortcut('mod+k', () => setPalette(true));
  useEarly(loadPalette);
  useEffect(() => fetchAhead(pressedParts), []);
  useShortcut('?', () => setHelp(true));
  useShortcut('[', () => setCollapsed(!collapsed));
  const goTo = useMemo(
    () => Object.fromEntries(places.map(({ key, to }) => [key, () => void navigate({ to })])),
    [navigate],
  );
  useSequences('g', goTo);
  const showHelp = useCallback(() => setHelp(true), []);
  useCommands(useShellCommands(showHelp));

  return (
    <div className={cx('flex min-h-dvh', asOf ? 'bg-past' : 'bg-page')}>
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Navigation counts={counts} collapsed={collapsed} onCollapse={setCollapsed} />
      <div className="flex h-dvh min-w-0 flex-1 flex-col">
        <TopBar onSearch={() => setPalette(true)} />
        <WorksBanner />
        {!online && (
          <p role="status" className="bg-warning-soft px-4 py-1.5 text-center text-xs font-medium text-warning">
            No connection. You see what was loaded last; changes are not saved until it is back.
          </p>
        )}
        <main
          id="page"
          tabIndex={-1}
          className="relative min-h-0 flex-1 overflow-auto border-t border-line bg-surface pb-14 outline-none md:rounded-tl-lg md:border-l md:pb-0"
        >
          {children ?? <Outlet />}
        </main>
      </div>
      <BottomBar counts={counts} onSearch={() => setPalette(true)} />
      {help && (
        <Suspense>
          <ShortcutsHelp onClose={() => setHelp(false)} />
        </Suspense>
      )}
      {palette && (
        <Suspense>
          <CommandPalette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Fetches what ⌘K opens when ⌘ goes down, so that what is typed right after it is not lost. */
function useEarly(load: () => Promise<unknown>): void {
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Control' || key === 'Meta') void load();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [load]);
}

function useShellCommands(showHelp: () => void): Command[] {
  const navigate = useNavigate();
  return useMemo(
    () => [
      ...places.map(({ label, to, key }) => ({
        id: `go-${label}`,
        label: `Go to ${label}`,
        group: 'Go to',
        shortcut: `g ${key}`,
        run: () => void navigate({ to }),
      })),
      { id: 'go-settings', label: 'Go to Settings', group: 'Go to', run: () => void navigate({ to: '/settings' }) },
      {
        id: 'go-help',
        label: 'Read the documentation',
        group: 'Help',
        run: () => window.location.assign('/docs'),
      },
      {
        id: 'go-api',
        label: 'Open the API reference',
        group: 'Help',
        run: () => window.location.assign('/docs/api'),
      },
      {
        id: 'go-tool',
        label: 'Open the health score calculator',
        group: 'Go to',
        run: () => void navigate({ to: '/tools/health-score' }),
      },
      { id: 'keyboard', label: 'Show keyboard shortcuts', group: 'Help', shortcut: '?', run: showHelp },
      ...(['light', 'dark', 'system'] as const).map((choice) => ({
        id: `theme-${choice}`,
        label: choice === 'system' ? 'Use the theme of the system' : `Use the ${choice} theme`,
        group: 'Appearance',
        keywords: 'theme appearance mode colours',
        run: () => setTheme(choice),
      })),
    ],
    [navigate, showHelp],
  );
}
