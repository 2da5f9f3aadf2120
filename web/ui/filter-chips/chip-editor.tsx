import { Select } from '../select.tsx';
import { type FilterClause, type FilterField, type FilterOp, needsValue, opsOf, wordOf } from './types.ts';
import { ValueInput } from './value-input.tsx';

export interface ChipEditorProps {
  clause: FilterClause;
  field: FilterField;
  onChange: (clause: FilterClause) => void;
}

/** Operator and value of one filter. */
export default function ChipEditor({ clause, field, onChange }: ChipEditorProps) {
  const changeOp = (op: FilterOp) => {
    const keeps = needsValue(op) && (op === 'ne') === (clause.op === 'ne');
    onChange({ field: clause.field, op, ...(keeps && clause.value !== undefined && { value: clause.value }) });
  };
  return (
    <div className="flex flex-col gap-2">
      <Select
        label={`${field.label} condition`}
        size="sm"
        options={opsOf[field.kind].map((op) => ({ value: op, label: `${field.label} ${wordOf(op, field.kind)}` }))}
        value={clause.op}
        onChange={changeOp}
      />
      {needsValue(clause.op) && (
        <ValueInput
          clause={clause}
          field={field}
          onChange={(value) => onChange({ field: clause.field, op: clause.op, value })}
        />
      )}
    </div>
  );
}
