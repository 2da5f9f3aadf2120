import { type KeyboardEvent, type ReactNode, Suspense, useId } from 'react';
import { cx } from './cx.ts';
import { SkeletonLines } from './skeleton.tsx';

export interface Tab<Key extends string = string> {
  key: Key;
  label: string;
  /** how much is behind the tab; left out when unknown */
  count?: number | undefined;
  content: ReactNode;
}

export interface TabsProps<Key extends string> {
  tabs: readonly Tab<Key>[];
  /** from the address, so that a tab can be linked to */
  value: Key;
  onChange: (key: Key) => void;
  label: string;
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Parts of a page of which one is shown. One stop of the Tab key; arrows go from tab to tab, Enter opens one. */
export function Tabs<Key extends string>({ tabs, value, onChange, label }: TabsProps<Key>) {
  const id = useId();
  const shown = tabs.find((tab) => tab.key === value);
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={moveFocus}
        className="relative flex gap-1 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-${tab.key}`}
            aria-selected={tab.key === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === value ? 0 : -1}
            // On a phone the tabs are wider than the page.
            ref={tab.key === value ? bringIntoSight : undefined}
            onClick={() => onChange(tab.key)}
            className={cx(
              'flex h-9 shrink-0 items-center gap-1.5 rounded-t-md border-b-2 px-2.5 text-sm font-medium hover:text-text',
              tab.key === value ? 'border-accent text-text' : 'border-transparent text-muted',
            )}
          >
            {tab.label}
            {tab.count !== undefined && <span className="tnum text-xs font-normal text-faint">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div
        key={value}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${value}`}
        className="pt-4 outline-none"
      >
        <Suspense fallback={<SkeletonLines lines={8} />}>{shown?.content}</Suspense>
      </div>
    </>
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  all[step(all.indexOf(document.activeElement as HTMLElement), all.length)]?.focus();
}

function bringIntoSight(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
