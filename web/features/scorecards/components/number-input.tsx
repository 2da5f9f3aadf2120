import { useEffect, useRef, useState } from 'react';
import { cx } from '#web/ui/cx.ts';
import { Input } from '#web/ui/input.tsx';

export interface NumberInputProps {
  label: string;
  /** NaN while what is typed is no number */
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  /** written after the number */
  unit?: string;
  invalid?: boolean;
  disabled?: boolean;
  className?: string;
}

/** A number that may be unfinished while it is typed. */
export function NumberInput({
  label,
  value,
  onChange,
  min,
  max,
  unit,
  invalid,
  disabled,
  className,
}: NumberInputProps) {
  const [text, setText] = useState(() => written(value));
  const said = useRef(value);
  useEffect(() => {
    if (Object.is(value, said.current)) return;
    said.current = value;
    setText(written(value));
  }, [value]);
  return (
    <span className="inline-flex items-center gap-1 text-xs text-faint">
      <Input
        aria-label={label}
        inputMode="decimal"
        className={cx('!h-7 !w-16 !px-1.5 text-right tabular-nums', className)}
        value={text}
        min={min}
        max={max}
        disabled={disabled}
        aria-invalid={invalid || undefined}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          const number = next.trim() === '' ? Number.NaN : Number(next.trim().replace(',', '.'));
          said.current = number;
          onChange(number);
        }}
      />
      {unit}
    </span>
  );
}

/** As many decimals as the field has room for; what is not typed over keeps all of them. */
function written(value: number): string {
  const decimals = Math.abs(value) >= 10 ? 2 : 4;
  return Number.isFinite(value) ? String(Number(value.toFixed(decimals))) : '';
}
