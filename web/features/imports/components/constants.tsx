import { X } from 'lucide-react';
import { useState } from 'react';
import type { ImportMapping } from '#contracts/intake.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Input } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { constantsOf, fieldsOf, labelOf, setConstant } from '../mapping.ts';

export interface ConstantsProps {
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

/** Fields that the file does not carry and that are the same in every line. */
export function Constants({ mapping, onChange }: ConstantsProps) {
  const [field, setField] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const constants = constantsOf(mapping);
  const free = fieldsOf(mapping.kind).filter(({ name }) => !mapping.fields[name]);
  const add = () => {
    if (field === null || value.trim() === '') return;
    onChange(setConstant(mapping, field, value.trim()));
    setField(null);
    setValue('');
  };
  return (
    <Section title="Fixed values" note="The same in every line, for fields that no column carries.">
      <ul className="flex flex-col gap-1.5">
        {constants.map(([name, constant]) => (
          <li key={name} className="flex items-center gap-2 text-sm">
            <span className="w-44 truncate">{labelOf(name)}</span>
            <Input
              aria-label={`Fixed value of ${name}`}
              value={String(constant)}
              onChange={(event) => onChange(setConstant(mapping, name, event.target.value))}
            />
            <IconButton
              size="sm"
              label={`Remove the fixed value of ${name}`}
              onClick={() => onChange(setConstant(mapping, name, null))}
            >
              <X className="size-4" aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <form
        className="mt-2 flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Combobox
          label="Field with a fixed value"
          placeholder="Choose a field"
          className="!w-44"
          options={free.map(({ name, label, description }) => ({ value: name, label, description }))}
          value={field}
          onChange={setField}
        />
        <Input
          aria-label="Its value in every line"
          className="!w-40"
          placeholder="value"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <Button type="submit" disabled={field === null || value.trim() === ''}>
          Add
        </Button>
      </form>
    </Section>
  );
}
