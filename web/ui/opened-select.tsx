import { Select as Base } from '@base-ui/react/select';
import { Check } from 'lucide-react';
import { choiceLook } from './choice-look.tsx';
import { itemClass } from './input.tsx';
import type { SelectProps } from './select.tsx';

/** A select that opens as soon as it is drawn. */
export default function OpenedSelect<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, disabled, id, ...look } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={disabled}
      modal={false}
      defaultOpen
    >
      <Base.Trigger id={id} {...choiceLook({ ...look, chosen })} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="float enter max-h-[var(--available-height)] min-w-[var(--anchor-width)] overflow-y-auto p-1">
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={itemClass}>
                  {option.icon}
                  <span className="min-w-0 flex-1">
                    <Base.ItemText className="block">{option.label}</Base.ItemText>
                    {option.description && <span className="block text-xs text-faint">{option.description}</span>}
                  </span>
                  <Base.ItemIndicator>
                    <Check aria-hidden="true" className="size-4 text-accent-text" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
