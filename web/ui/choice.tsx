import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { SearchInput } from './input.tsx';
import type { Option } from './option.ts';
import { Popover } from './popover.tsx';

export interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly Option<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** the value that narrows nothing; any other one makes the button stand out */
  neutral?: Value;
}

const searchFrom = 9;

/** What a page is narrowed to, as a small button with a list: owner, tier, period. For forms use Select. */
export function Choice<Value extends string>({ label, options, value, onChange, neutral }: ChoiceProps<Value>) {
  const [text, setText] = useState('');
  const chosen = options.find((option) => option.value === value);
  const found = options.filter((option) => option.label.toLowerCase().includes(text.toLowerCase()));
  return (
    <Popover
      label={label}
      className="min-w-44 p-1"
      onClose={() => setText('')}
      trigger={
        // Holds what is read aloud, so that a row of these that scrolls sideways does not widen the page.
        <Button
          size="sm"
          tone={neutral === undefined || value !== neutral ? 'secondary' : 'quiet'}
          className="relative"
        >
          <span className="max-w-40 truncate">{chosen?.label ?? label}</span>
          <ChevronDown aria-hidden="true" className="size-3.5 text-faint" />
          <span className="sr-only">, {label.toLowerCase()}</span>
        </Button>
      }
    >
      {(close) => (
        <>
          {options.length > searchFrom && (
            <SearchInput label={`Find in ${label.toLowerCase()}`} value={text} onChange={setText} className="mb-1" />
          )}
          <ul className="max-h-72 overflow-y-auto">
            {found.map((option) => (
              <li key={option.value}>
                <button
                  type="button"
                  aria-pressed={option.value === value}
                  onClick={() => {
                    close();
                    onChange(option.value);
                  }}
                  className="flex w-full items-center gap-2 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover"
                >
                  <span className="min-w-0 flex-1 truncate">{option.label}</span>
                  <Check
                    aria-hidden="true"
                    className={cx('size-4 text-accent-text', option.value !== value && 'invisible')}
                  />
                </button>
              </li>
            ))}
            {found.length === 0 && <li className="px-2 py-2 text-xs text-faint">Nothing with that name</li>}
          </ul>
        </>
      )}
    </Popover>
  );
}
