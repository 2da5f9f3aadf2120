import { Combobox as Base } from '@base-ui/react/combobox';
import { Check } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { choiceLook } from './choice-look.tsx';
import type { ComboboxProps } from './combobox.tsx';
import { itemClass } from './input.tsx';
import type { Option } from './option.ts';

/** A combobox that opens as soon as it is drawn. */
export default function OpenedCombobox<Value extends string>(props: ComboboxProps<Value>) {
  const { options, value, onChange, label, placeholder, onSearch, loading, id, className, disabled } = props;
  // The chosen one stays known even when a search on the server no longer returns it.
  const remembered = useRef<Option<Value> | null>(null);
  const chosen = useMemo(() => {
    const found = options.find((option) => option.value === value) ?? null;
    if (found) remembered.current = found;
    return remembered.current?.value === value ? remembered.current : null;
  }, [options, value]);
  return (
    <Base.Root<Option<Value>>
      items={options}
      value={chosen}
      disabled={disabled}
      defaultOpen
      filter={onSearch ? null : undefined}
      itemToStringLabel={(option) => option.label}
      isItemEqualToValue={(one, other) => one.value === other.value}
      onValueChange={(option) => onChange(option?.value ?? null)}
      onInputValueChange={(text, details) => details.reason === 'input-change' && onSearch?.(text)}
    >
      <Base.Trigger id={id} {...choiceLook({ chosen, label, placeholder, className })} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-50">
          <Base.Popup aria-label={label} className="float enter w-[max(var(--anchor-width),16rem)] max-w-[90vw]">
            <div className="border-b border-line p-1.5">
              <Base.Input
                aria-label={`Find ${label.toLowerCase()}`}
                placeholder="Type to find"
                className="h-7 w-full bg-transparent px-1.5 text-sm outline-none"
              />
            </div>
            <Base.Empty>
              <div className="px-3 py-3 text-sm text-faint">{loading ? 'Searching' : 'Nothing with that name'}</div>
            </Base.Empty>
            <Base.List className="max-h-72 overflow-y-auto p-1 data-[empty]:p-0">
              {(option: Option<Value>) => (
                <Base.Item key={option.value} value={option} className={itemClass}>
                  {option.icon}
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{option.label}</span>
                    {option.description && (
                      <span className="block truncate text-xs text-faint">{option.description}</span>
                    )}
                  </span>
                  <Base.ItemIndicator>
                    <Check aria-hidden="true" className="size-4 text-accent-text" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
