import { Plus, X } from 'lucide-react';
import { useMemo } from 'react';
import { print } from '#core/condition/print.ts';
import { Button, IconButton } from '../button.tsx';
import { Combobox } from '../combobox.tsx';
import { Input } from '../input.tsx';
import { Select } from '../select.tsx';
import { type Draft, type DraftGroup, type DraftRow, emptyRow, type Units } from './draft.ts';
import { opsOf, opWords, type SignalLook, unitWords } from './words.ts';

export interface ConditionFormProps {
  draft: DraftGroup;
  onChange: (draft: DraftGroup) => void;
  units: Units;
  disabled?: boolean;
}

const joins = [
  { value: 'and', label: 'All of these hold' },
  { value: 'or', label: 'Any of these holds' },
] as const;
const yesNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** A condition as rows of signal, operator and value, in groups of all or any. */
export function ConditionForm(props: ConditionFormProps) {
  const { looks } = props.units;
  const signals = useMemo(
    () => [...looks].map(([key, look]) => ({ value: key, label: look.title, description: key })),
    [looks],
  );
  return <Group {...props} group={props.draft} signals={signals} place="Condition" onChange={props.onChange} />;
}

interface GroupProps extends Pick<ConditionFormProps, 'units' | 'disabled'> {
  group: DraftGroup;
  signals: readonly { value: string; label: string; description: string }[];
  /** names each row for a screen reader: "Condition 2.1" */
  place: string;
  onChange: (group: DraftGroup) => void;
  onRemove?: () => void;
}

function Group({ group, onChange, onRemove, ...shared }: GroupProps) {
  const { disabled, place } = shared;
  const set = (index: number, part: Draft) =>
    onChange({ ...group, of: group.of.map((old, at) => (at === index ? part : old)) });
  const remove = (index: number) => onChange({ ...group, of: group.of.filter((_, at) => at !== index) });
  return (
    <fieldset className="min-w-0 rounded-md border border-line bg-sunken p-2" disabled={disabled}>
      <legend className="sr-only">{place}</legend>
      <div className="mb-2 flex items-center gap-2">
        <Select
          label={`${place}, how its lines are joined`}
          size="sm"
          className="!w-44"
          options={joins}
          value={group.op}
          disabled={disabled}
          onChange={(op) => onChange({ ...group, op })}
        />
        <span className="flex-1" />
        {onRemove && (
          <IconButton size="sm" label={`Remove ${place}`} onClick={onRemove}>
            <X className="size-3.5" aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <div className="flex flex-col gap-1.5">
        {group.of.map((part, index) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal; their place is their identity
            key={index}
            {...shared}
            part={part}
            place={`${place} ${index + 1}`}
            onChange={(next) => set(index, next)}
            onRemove={
              group.of.length > 1 || onRemove ? () => (group.of.length > 1 ? remove(index) : onRemove?.()) : undefined
            }
          />
        ))}
      </div>
      {!disabled && (
        <div className="mt-2 flex gap-1">
          <Button size="sm" tone="quiet" onClick={() => onChange({ ...group, of: [...group.of, emptyRow] })}>
            <Plus className="size-3.5" aria-hidden="true" /> Line
          </Button>
          <Button
            size="sm"
            tone="quiet"
            onClick={() =>
              onChange({
                ...group,
                of: [...group.of, { kind: 'group', op: group.op === 'and' ? 'or' : 'and', of: [emptyRow, emptyRow] }],
              })
            }
          >
            <Plus className="size-3.5" aria-hidden="true" /> Group
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface PartProps extends Pick<GroupProps, 'units' | 'disabled' | 'signals' | 'place'> {
  part: Draft;
  onChange: (part: Draft) => void;
  onRemove: (() => void) | undefined;
}

function Part({ part, onChange, onRemove, ...shared }: PartProps) {
  if (part.kind === 'group') return <Group {...shared} group={part} onChange={onChange} onRemove={onRemove} />;
  if (part.kind === 'row') return <Row {...shared} row={part} onChange={onChange} onRemove={onRemove} />;
  return (
    <p className="rounded-md border border-line bg-surface px-2.5 py-1.5 font-mono text-xs text-muted">
      {print(part.condition)}
      <span className="ml-2 font-sans text-faint">change it in the text</span>
    </p>
  );
}

function Row({
  row,
  onChange,
  onRemove,
  units,
  signals,
  place,
  disabled,
}: Omit<PartProps, 'part'> & { row: DraftRow }) {
  const look = row.signal === null ? undefined : units.looks.get(row.signal);
  const choose = (signal: string | null) => {
    const next = signal === null ? undefined : units.looks.get(signal);
    const ops = opsOf(next);
    const same = next?.type === look?.type && next?.unit === look?.unit;
    onChange({
      ...row,
      signal,
      op: ops.includes(row.op) ? row.op : ops[0]!,
      value: same ? row.value : next?.type === 'boolean' ? 'true' : '',
      high: same ? row.high : '',
    });
  };
  const change = (part: Partial<DraftRow>) => onChange({ ...row, ...part });
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Combobox
        label={`${place}, signal`}
        placeholder="Choose a signal"
        className="!w-full min-w-0 sm:!w-auto sm:max-w-72 sm:flex-1 sm:basis-48"
        options={signals}
        value={row.signal}
        disabled={disabled ?? false}
        onChange={choose}
      />
      <Select
        label={`${place}, comparison`}
        className="!w-32"
        options={opsOf(look).map((op) => ({ value: op, label: opWords[op] }))}
        value={row.op}
        disabled={disabled ?? false}
        onChange={(op) => change({ op })}
      />
      <Value
        row={row}
        change={change}
        place={place}
        look={look}
        unit={unitWords(look, units.currency)}
        disabled={disabled}
      />
      {onRemove && !disabled && (
        <IconButton size="sm" label={`Remove ${place}`} onClick={onRemove}>
          <X className="size-3.5" aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

interface ValueProps {
  row: DraftRow;
  change: (part: Partial<DraftRow>) => void;
  place: string;
  unit: string;
  look: SignalLook | undefined;
  disabled: boolean | undefined;
}

function Value({ row, change, place, unit, look, disabled }: ValueProps) {
  if (row.op === 'missing' || row.op === 'present') return null;
  if (look?.choices && (row.op === 'eq' || row.op === 'ne')) {
    return (
      <Select
        label={`${place}, value`}
        className="!w-36"
        options={look.choices}
        value={row.value || null}
        disabled={disabled ?? false}
        onChange={(value) => change({ value })}
      />
    );
  }
  if (look?.type === 'boolean') {
    return (
      <Select
        label={`${place}, value`}
        className="!w-24"
        options={yesNo}
        value={row.value === 'true' ? 'true' : 'false'}
        disabled={disabled ?? false}
        onChange={(value) => change({ value })}
      />
    );
  }
  const wide = row.op === 'in' || row.op === 'contains';
  return (
    <span className="flex items-center gap-1.5 text-xs text-faint">
      <Input
        aria-label={`${place}, ${row.op === 'between' ? 'from' : 'value'}`}
        className={wide ? '!w-48' : '!w-20 sm:!w-24'}
        inputMode={wide ? 'text' : 'decimal'}
        value={row.value}
        disabled={disabled}
        onChange={(event) => change({ value: event.target.value })}
      />
      {row.op === 'between' && (
        <>
          and
          <Input
            aria-label={`${place}, to`}
            className="!w-24"
            inputMode="decimal"
            value={row.high}
            disabled={disabled}
            onChange={(event) => change({ high: event.target.value })}
          />
        </>
      )}
      {unit}
    </span>
  );
}
