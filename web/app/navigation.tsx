import { Link, type LinkProps } from '@tanstack/react-router';
import {
  Building2,
  ChartNoAxesCombined,
  Inbox,
  type LucideIcon,
  PanelLeft,
  Search,
  Settings,
  ShieldAlert,
} from 'lucide-react';
import { lazy } from 'react';
import { formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { Tooltip } from '#web/ui/tooltip.tsx';
import { OnDemand } from './on-demand.tsx';
import type { WorkCounts } from './work-counts.ts';
import { WorkspaceButton } from './workspace-button.tsx';

const WorkspaceMenu = lazy(() => import('./workspace-menu.tsx'));

interface Place {
  to: LinkProps['to'];
  label: string;
  icon: LucideIcon;
  /** second key after g */
  key: string;
  count?: keyof WorkCounts;
  /** what the count counts */
  counted?: string;
}

export const places: readonly Place[] = [
  { to: '/portfolio', label: 'Portfolio', icon: ChartNoAxesCombined, key: 'p' },
  { to: '/accounts', label: 'Accounts', icon: Building2, key: 'a' },
  { to: '/risks', label: 'Risks', icon: ShieldAlert, key: 'r', count: 'risks', counted: 'open on your accounts' },
  { to: '/intake', label: 'Intake', icon: Inbox, key: 'i', count: 'intake', counted: 'references without an account' },
];
const settings: Place = { to: '/settings', label: 'Settings', icon: Settings, key: 's' };

export interface NavigationProps {
  counts: WorkCounts;
  collapsed: boolean;
  onCollapse: (collapsed: boolean) => void;
}

export function Navigation({ counts, collapsed, onCollapse }: NavigationProps) {
  return (
    <nav
      aria-label="Main"
      className={cx(
        'sticky top-0 hidden h-dvh shrink-0 flex-col gap-0.5 px-2 py-2 md:flex',
        collapsed ? 'w-13' : 'w-56',
      )}
    >
      <div className={cx('mb-2 flex h-9 items-center gap-1', collapsed ? 'flex-col justify-center' : '')}>
        {!collapsed && (
          <OnDemand button={(press) => <WorkspaceButton aria-haspopup="menu" onClick={press} />} menu={WorkspaceMenu} />
        )}
        <IconButton
          size="sm"
          label={collapsed ? 'Show navigation' : 'Collapse navigation'}
          shortcut="["
          aria-expanded={!collapsed}
          onClick={() => onCollapse(!collapsed)}
        >
          <PanelLeft className="size-4" aria-hidden="true" />
        </IconButton>
      </div>
      {places.map((place) => (
        <NavLink key={place.label} place={place} count={place.count && counts[place.count]} collapsed={collapsed} />
      ))}
      <span className="flex-1" />
      <NavLink place={settings} count={undefined} collapsed={collapsed} />
    </nav>
  );
}

interface NavLinkProps {
  place: Place;
  count: number | undefined;
  collapsed: boolean;
}

function NavLink({ place, count, collapsed }: NavLinkProps) {
  const search = useOwnPart(place);
  const Icon = place.icon;
  const link = (
    <Link
      to={place.to}
      search={search}
      activeOptions={{ includeSearch: false }}
      activeProps={{ 'aria-current': 'page', className: 'bg-hover text-text' }}
      inactiveProps={{ className: 'text-muted' }}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-md text-sm font-medium transition-colors hover:bg-hover hover:text-text',
        collapsed ? 'justify-center' : 'px-2',
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden="true" />
      <span className={collapsed ? 'sr-only' : 'flex-1'}>{place.label}</span>
      {!collapsed && Boolean(count) && (
        <span className="tnum text-xs font-normal text-faint" title={`${formatNumber(count!)} ${place.counted}`}>
          {/* Read aloud as a word of its own. */}
          <span className="sr-only">, </span>
          {formatNumber(count!)}
          <span className="sr-only"> {place.counted}</span>
        </span>
      )}
    </Link>
  );
  return collapsed ? (
    <Tooltip text={place.label} shortcut={`g+${place.key}`} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

/** Who looks after accounts begins with the risks of their own, which the count counts. */
function useOwnPart({ to }: Place): LinkProps['search'] {
  const { role, memberId } = useSignedIn().session;
  return to === '/risks' && role === 'csm' && memberId !== null ? { ownerId: memberId } : {};
}

/** On a phone: the four places that matter on the way, within reach of the thumb. */
export function BottomBar({ counts, onSearch }: { counts: WorkCounts; onSearch: () => void }) {
  const item = 'flex flex-1 flex-col items-center justify-center gap-0.5 text-2xs font-medium';
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex h-14 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {places.slice(0, 3).map(({ to, label, icon: Icon, count }) => (
        <Link
          key={label}
          to={to}
          activeProps={{ 'aria-current': 'page', className: 'text-accent-text' }}
          inactiveProps={{ className: 'text-muted' }}
          className={item}
        >
          <span className="relative">
            <Icon className="size-5" aria-hidden="true" />
            {count && Boolean(counts[count]) && (
              <span className="absolute -top-0.5 -right-1 size-2 rounded-full bg-critical-fill" />
            )}
          </span>
          {label}
        </Link>
      ))}
      <button type="button" className={cx(item, 'text-muted')} onClick={onSearch}>
        <Search className="size-5" aria-hidden="true" />
        Search
      </button>
    </nav>
  );
}
