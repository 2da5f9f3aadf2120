import { cx } from './cx.ts';
import type { Option } from './option.ts';

export interface SegmentedProps<Value extends string> {
  /** read aloud: what is chosen here */
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** Two to four choices that exclude each other, all in sight. `description` of an option shows on hover. */
export function Segmented<Value extends string>({ label, options, value, onChange }: SegmentedProps<Value>) {
  return (
    <fieldset aria-label={label} className="inline-flex h-7 shrink-0 items-center gap-px rounded-md bg-none-soft p-0.5">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          title={option.description}
          onClick={() => onChange(option.value)}
          className={cx(
            'h-6 rounded-sm px-2 text-xs font-medium whitespace-nowrap',
            option.value === value ? 'bg-surface text-text' : 'text-muted hover:text-text',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
