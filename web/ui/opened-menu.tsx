import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { cx } from './cx.ts';
import { itemClass } from './input.tsx';
import { Kbd } from './kbd.tsx';
import type { MenuEntry, MenuProps } from './menu.tsx';

/** A menu that opens as soon as it is drawn. */
export default function OpenedMenu({ trigger, entries, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root modal={false} defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className="float enter max-h-[var(--available-height)] min-w-44 overflow-y-auto p-1">
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines and headings have no identity of their own
              <Entry key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === null) return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
  if ('heading' in entry) {
    return <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-faint">{entry.heading}</div>;
  }
  return (
    <Base.Item
      disabled={entry.disabled}
      onClick={entry.onSelect}
      className={cx(itemClass, entry.danger && '!text-critical')}
    >
      {entry.icon && <span className="text-faint [&>svg]:size-4">{entry.icon}</span>}
      <span className="flex-1">{entry.label}</span>
      {entry.checked && <Check aria-label="On" className="size-4 text-accent-text" />}
      {entry.shortcut && <Kbd keys={entry.shortcut} />}
    </Base.Item>
  );
}
