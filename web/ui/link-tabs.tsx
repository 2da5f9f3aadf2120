import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

export interface LinkTab {
  to: LinkProps['to'];
  label: string;
  /** how much work is behind it; left out when unknown or nothing */
  count?: number | undefined;
  /** lit only at this very address, not below it */
  exact?: boolean;
}

/** Pages of one subject side by side, each with its own address. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const list = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const counts = tabs.map(({ count }) => count).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page lights another tab, and counts that come later move it
  useEffect(() => {
    const lit = list.current?.querySelector('[aria-current]');
    lit?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname, counts]);
  return (
    <nav ref={list} aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.label}
          to={tab.to}
          activeOptions={{ exact: tab.exact ?? false, includeSearch: false }}
          activeProps={{ 'aria-current': 'page', className: 'border-accent text-text' }}
          inactiveProps={{ className: 'border-transparent text-muted' }}
          className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-2.5 text-sm font-medium focus-visible:outline-offset-[-2px] hover:text-text"
        >
          {tab.label}
          {Boolean(tab.count) && (
            <span className="tnum rounded-full bg-none-soft px-1.5 text-2xs font-medium text-muted">
              {tab.count!.toLocaleString()}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
