import { type InputHTMLAttributes, type ReactNode, useEffect, useRef } from 'react';
import { cx } from './cx.ts';

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  /** shown beside the box; without it give `aria-label` */
  label?: ReactNode;
  /** some but not all of what the box stands for */
  indeterminate?: boolean;
}

const boxClass =
  'peer size-4 shrink-0 appearance-none rounded-xs border border-control bg-surface checked:border-accent checked:bg-accent ' +
  'indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50';

export function Checkbox({ label, indeterminate = false, className, ...rest }: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <label
      className={cx(
        'inline-flex items-center gap-2 text-sm has-[.block]:items-start has-[.block]:[&>:first-child]:mt-0.5',
        className,
      )}
    >
      <span className="relative inline-flex text-on-accent">
        <input ref={ref} type="checkbox" className={boxClass} {...rest} />
        <svg
          aria-hidden="true"
          viewBox="0 0 16 16"
          className="pointer-events-none absolute inset-0 hidden size-4 stroke-current stroke-2 peer-checked:block peer-indeterminate:block"
          fill="none"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d={indeterminate ? 'M4.5 8h7' : 'm4 8.4 2.6 2.6L12 5.6'} />
        </svg>
      </span>
      {label}
    </label>
  );
}

export interface SwitchProps {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  hint?: string;
}

/** On or off at once, without saving. */
export function Switch({ label, checked, onChange, disabled, hint }: SwitchProps) {
  return (
    <label className="flex items-start gap-2.5 text-sm">
      <span className="relative mt-0.5 inline-flex">
        <input
          type="checkbox"
          role="switch"
          aria-checked={checked}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="peer h-4.5 w-8 appearance-none rounded-full bg-control transition-colors checked:bg-accent disabled:opacity-50"
        />
        <span className="pointer-events-none absolute top-0.5 left-0.5 size-3.5 rounded-full bg-on-accent transition-transform peer-checked:translate-x-3.5" />
      </span>
      <span>
        <span className="text-text">{label}</span>
        {hint && <span className="block text-xs text-faint">{hint}</span>}
      </span>
    </label>
  );
}

export interface SliderProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  /** how the value is said and shown, for example with its unit */
  format?: (value: number) => string;
  hideLabel?: boolean;
  disabled?: boolean;
}

/** A number picked by dragging or with the arrow keys; the value stands beside it. */
export function Slider({
  label,
  value,
  onChange,
  min = 0,
  max = 100,
  step = 1,
  format,
  hideLabel,
  disabled,
}: SliderProps) {
  const shown = format?.(value) ?? String(value);
  const filled = max > min ? ((value - min) / (max - min)) * 100 : 0;
  return (
    <label className="block">
      <span className={cx('mb-1 flex items-baseline justify-between text-sm', hideLabel && 'sr-only')}>
        <span className="font-medium text-text">{label}</span>
        <output className="tnum text-muted">{shown}</output>
      </span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="slider"
        style={{ '--filled': `${filled}%` } as React.CSSProperties}
      />
    </label>
  );
}
