import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

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

export function Tabs<Key extends string>({ tabs, value, onChange, label }: TabsProps<Key>) {
  return (
    <Base.Root value={value} onValueChange={(key) => onChange(key as Key)}>
      <Base.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.key}
            value={tab.key}
            className="flex h-9 shrink-0 items-center gap-1.5 rounded-t-md px-2.5 text-sm font-medium text-muted hover:text-text data-[active]:text-text"
          >
            {tab.label}
            {tab.count !== undefined && <span className="tnum text-xs font-normal text-faint">{tab.count}</span>}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-[var(--active-tab-width)] translate-x-[var(--active-tab-left)] rounded-full bg-accent transition-all" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.key} value={tab.key} className="pt-4 outline-none">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
