import type { HTMLInputAutoCompleteAttribute } from 'react';
import { fieldError } from '#web/lib/errors.ts';
import { Field, Input } from '#web/ui/input.tsx';

export interface TextFieldProps {
  label: string;
  /** of the field in the body, to find its error */
  name: string;
  value: string;
  onChange: (value: string) => void;
  error?: unknown;
  hint?: string;
  type?: 'text' | 'email' | 'password';
  autoComplete?: HTMLInputAutoCompleteAttribute;
  autoFocus?: boolean;
}

export function TextField({
  label,
  name,
  value,
  onChange,
  error,
  hint,
  type = 'text',
  autoComplete,
  autoFocus,
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={fieldError(error, name)}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type={type}
          required
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
