import { lazy, type ReactNode } from 'react';
import { ClosedChoice } from './closed-choice.tsx';
import { fetchCombobox } from './fetch-ahead.ts';
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

// Types cannot say that what is fetched keeps its parameter.
const OpenedCombobox = lazy(fetchCombobox) as unknown as <Value extends string>(
  props: ComboboxProps<Value>,
) => ReactNode;

/** One choice out of many, found by typing. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { options, value, label, placeholder, id, className, disabled } = props;
  const chosen = options.find((option) => option.value === value);
  const look = { chosen, label, placeholder, id, className, disabled };
  return <ClosedChoice {...look} popup="dialog" opened={<OpenedCombobox {...props} />} />;
}
