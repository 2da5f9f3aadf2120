import { useState } from 'react';
import { Input, SearchInput } from '../input.tsx';
import { Checkbox } from '../toggles.tsx';
import type { FilterClause, FilterField } from './types.ts';

export interface ValueInputProps {
  clause: FilterClause;
  field: FilterField;
  onChange: (value: FilterClause['value']) => void;
}

const searchFrom = 8;

/** The control in which a filter's value is entered, by the kind of its field. */
export function ValueInput(props: ValueInputProps) {
  const { clause, field, onChange } = props;
  if (field.kind === 'choice') return <Choices {...props} />;
  if (field.kind === 'yes-no') return <YesNo clause={clause} onChange={onChange} />;
  if (field.kind === 'day') {
    return (
      <Input
        type="date"
        aria-label={field.label}
        value={String(clause.value ?? '')}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    );
  }
  if (field.kind === 'text') {
    return (
      <Input
        aria-label={field.label}
        autoFocus
        value={String(clause.value ?? '')}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return <NumberInput {...props} />;
}

/** People write whole currency units and per cents; the filter holds minor units and shares. */
function NumberInput({ clause, field, onChange }: ValueInputProps) {
  const scale = field.kind === 'money' ? 100 : field.kind === 'percent' ? 0.01 : 1;
  const [text, setText] = useState(typeof clause.value === 'number' ? String(round(clause.value / scale)) : '');
  const unit = field.kind === 'money' ? field.currency : field.kind === 'percent' ? '%' : field.unit;
  return (
    <div className="flex items-center gap-2">
      <Input
        type="number"
        step="any"
        autoFocus
        aria-label={field.label}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(Number.isNaN(event.target.valueAsNumber) ? undefined : round(event.target.valueAsNumber * scale));
        }}
      />
      {unit && <span className="text-xs text-faint">{unit}</span>}
    </div>
  );
}

function Choices({ clause, field, onChange }: ValueInputProps) {
  const [text, setText] = useState('');
  const chosen = new Set(
    (Array.isArray(clause.value) ? clause.value : clause.value === undefined ? [] : [clause.value]).map(String),
  );
  const options = field.options ?? [];
  const found = options.filter((option) => option.label.toLowerCase().includes(text.toLowerCase()));
  const toggle = (value: string) => {
    const typed = (one: string) => (field.numeric ? Number(one) : one);
    if (clause.op === 'ne') return onChange(typed(value));
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    onChange([...next].map(typed));
  };
  return (
    <div>
      {options.length > searchFrom && (
        <SearchInput label={`Find ${field.label.toLowerCase()}`} value={text} onChange={setText} />
      )}
      <ul className="mt-1 max-h-64 overflow-y-auto">
        {found.map((option) => (
          <li key={option.value} className="rounded-sm px-1 hover:bg-hover">
            <Checkbox
              className="flex h-8 w-full"
              checked={chosen.has(option.value)}
              onChange={() => toggle(option.value)}
              label={
                <span className="flex items-center gap-2">
                  {option.icon}
                  {option.label}
                </span>
              }
            />
          </li>
        ))}
        {found.length === 0 && <li className="px-1 py-2 text-xs text-faint">Nothing with that name</li>}
      </ul>
    </div>
  );
}

function YesNo({ clause, onChange }: { clause: FilterClause; onChange: (value: boolean) => void }) {
  return (
    <div className="flex gap-4">
      {[true, false].map((value) => (
        <label key={String(value)} className="flex items-center gap-2 text-sm">
          <input
            type="radio"
            checked={clause.value === value}
            onChange={() => onChange(value)}
            className="accent-accent"
          />
          {value ? 'Yes' : 'No'}
        </label>
      ))}
    </div>
  );
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
