import { lazy, type ReactNode } from 'react';
import { ClosedChoice } from './closed-choice.tsx';
import { fetchSelect } from './fetch-ahead.ts';
import type { Option } from './option.ts';

export interface SelectProps<Value extends string> {
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  /** needed unless a Field gives the id */
  label?: string;
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  size?: 'sm' | 'md';
  className?: string;
}

// Types cannot say that what is fetched keeps its parameter.
const OpenedSelect = lazy(fetchSelect) as unknown as <Value extends string>(props: SelectProps<Value>) => ReactNode;

/** One choice out of few. For more than about ten use Combobox. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange: _onChange, ...look } = props;
  const chosen = options.find((option) => option.value === value);
  return <ClosedChoice {...look} chosen={chosen} popup="listbox" opened={<OpenedSelect {...props} />} />;
}
