import { Search, X } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { cx } from './cx.ts';

export const controlClass =
  'w-full rounded-md border border-line-strong bg-surface text-sm text-text transition-colors hover:border-control ' +
  'focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus disabled:bg-sunken disabled:text-faint ' +
  'aria-[invalid=true]:border-critical-fill';

/** A line of a list that one chooses from. */
export const itemClass =
  'flex cursor-default items-center gap-2 rounded-sm px-2 py-1.5 text-sm text-text outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50';

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
}

export function Input({ className, ...rest }: InputProps) {
  return <input className={cx(controlClass, 'h-8 px-2.5', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea className={cx(controlClass, 'min-h-20 px-2.5 py-1.5', className)} {...rest} />;
}

export interface FieldProps {
  label: string;
  /** what to put here and why, in one sentence */
  hint?: ReactNode;
  /** what is wrong and what would be right */
  error?: string | null | undefined;
  optional?: boolean;
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ReactNode;
}

/** A labelled control with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(hint || error);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium text-text">
        {label}
        {optional && <span className="ml-1 font-normal text-faint">optional</span>}
      </label>
      {children({ id, ...(hasNote && { 'aria-describedby': noteId }), ...(error && { 'aria-invalid': true }) })}
      {hasNote && (
        <p
          id={noteId}
          className={cx('text-xs', error ? 'text-critical' : 'text-faint')}
          role={error ? 'alert' : undefined}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

export interface SearchInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  className?: string;
  ref?: Ref<HTMLInputElement>;
  /** on ↓ and Enter: from the box to what it found */
  onLeave?: () => void;
}

/** A search box with a way to empty it. `/` focuses it where a page registers that shortcut. */
export function SearchInput({ label, value, onChange, placeholder, className, ref, onLeave }: SearchInputProps) {
  return (
    <div className={cx('relative', className)}>
      <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (onLeave && (event.key === 'ArrowDown' || event.key === 'Enter')) {
            event.preventDefault();
            onLeave();
          }
          if (event.key !== 'Escape') return;
          if (value) onChange('');
          else event.currentTarget.blur();
        }}
        className="pr-7 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {value && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => onChange('')}
          className="absolute top-1.5 right-1.5 rounded-sm p-0.5 text-faint hover:bg-hover hover:text-text"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
