import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { cx } from './cx.ts';
import { controlClass, itemClass } from './input.tsx';
import type { Option } from './option.ts';

export interface ComboboxProps<Value extends string> {
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value | null) => void;
  label: string;
  placeholder?: string;
  /** when given, the caller searches (on the server) and passes new options */
  onSearch?: (text: string) => void;
  loading?: boolean;
  id?: string;
  className?: string;
  disabled?: boolean;
}

/** One choice out of many, found by typing. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { options, value, onChange, label, placeholder = 'Choose', onSearch, loading, id, className, disabled } = props;
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
      filter={onSearch ? null : undefined}
      itemToStringLabel={(option) => option.label}
      isItemEqualToValue={(one, other) => one.value === other.value}
      onValueChange={(option) => onChange(option?.value ?? null)}
      onInputValueChange={(text, details) => details.reason === 'input-change' && onSearch?.(text)}
    >
      <Base.Trigger
        id={id}
        aria-label={`${label}: ${chosen?.label ?? placeholder}`}
        className={cx(controlClass, 'flex h-8 items-center justify-between gap-2 px-2.5 text-left', className)}
      >
        <span className={cx('truncate', !chosen && 'text-faint')}>{chosen?.label ?? placeholder}</span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      </Base.Trigger>
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
