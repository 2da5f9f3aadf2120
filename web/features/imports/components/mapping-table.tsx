import { useMemo } from 'react';
import type { ImportJob, ImportMapping } from '#contracts/intake.ts';
import { countOf } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Section } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable } from '#web/ui/plain-table.tsx';
import { fieldsOf, furtherField, type Purpose, purposeOf, setPurpose } from '../mapping.ts';

type Column = NonNullable<ImportJob['columns']>[number];

export interface MappingTableProps {
  columns: readonly Column[];
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

const special: Record<Exclude<Purpose['is'], 'field'>, string> = {
  nothing: '-nothing',
  attribute: '-attribute',
  event: '-event',
};

function valueOfPurpose(purpose: Purpose): string {
  return purpose.is === 'field' ? purpose.field : special[purpose.is];
}

function purposeFrom(value: string): Purpose {
  const found = (Object.entries(special) as [Exclude<Purpose['is'], 'field'>, string][]).find(
    ([, own]) => own === value,
  );
  return found ? { is: found[0] } : { is: 'field', field: value };
}

/** Each column of the file, with samples, and the field that it becomes. */
export function MappingTable({ columns, mapping, onChange }: MappingTableProps) {
  const options = useMemo(() => optionsFor(mapping.kind), [mapping.kind]);
  const unused = columns.filter(({ name }) => purposeOf(mapping, name).is === 'nothing').length;
  const required = new Set(fieldsOf(mapping.kind).flatMap(({ name, required }) => (required ? [name] : [])));
  const list: PlainColumn<Column>[] = [
    {
      id: 'column',
      header: 'Column of the file',
      className: 'max-w-56',
      cell: ({ name }) => (
        <code className="block truncate font-mono text-xs font-medium text-text" title={name}>
          {name}
        </code>
      ),
    },
    {
      id: 'samples',
      header: 'Looks like',
      wideOnly: true,
      className: 'max-w-80',
      cell: ({ samples }) => (
        <span className="block truncate text-xs text-muted" title={samples.join('\n')}>
          {samples.length === 0 ? <span className="text-faint">always empty</span> : samples.slice(0, 3).join(' · ')}
        </span>
      ),
    },
    {
      id: 'use',
      header: 'Becomes',
      className: 'w-72',
      cell: ({ name }) => {
        const purpose = purposeOf(mapping, name);
        return (
          <span className="flex items-center gap-2">
            <Combobox
              label={`What ${name} becomes`}
              className="!w-56"
              options={options}
              value={valueOfPurpose(purpose)}
              onChange={(value) => onChange(setPurpose(mapping, name, purposeFrom(value ?? special.nothing)))}
            />
            {purpose.is === 'field' && required.has(purpose.field) && <Badge>needed</Badge>}
          </span>
        );
      },
    },
  ];
  return (
    <Section
      plain
      title="Columns"
      note={`${countOf(columns.length, 'column')}, ${unused === 0 ? 'all used' : `${unused} left out`}`}
      actions={
        mapping.kind === 'daily_usage' && <WideButtons columns={columns} mapping={mapping} onChange={onChange} />
      }
    >
      <PlainTable label="Columns of the file" columns={list} rows={columns} rowId={({ name }) => name} />
    </Section>
  );
}

function optionsFor(kind: string) {
  const further = furtherField(kind);
  return [
    { value: special.nothing, label: 'Nothing: leave it out' },
    ...(kind === 'daily_usage' ? [{ value: special.event, label: 'An event, counted' }] : []),
    ...(further
      ? [
          {
            value: special.attribute,
            label: further === 'attributes' ? 'An attribute of its own' : 'A property of the event',
          },
        ]
      : []),
    ...fieldsOf(kind).map(({ name, label, description, type }) => ({
      value: name,
      label,
      description: `${description} (${type})`,
    })),
  ];
}

/** Usage in wide form: one column for each event. */
function WideButtons({ columns, mapping, onChange }: MappingTableProps) {
  const counts = columns.filter(
    ({ name, samples }) =>
      purposeOf(mapping, name).is === 'nothing' &&
      samples.length > 0 &&
      samples.every((text) => /^\d+(\.0+)?$/.test(text)),
  );
  if (counts.length === 0) return null;
  const all = () => onChange(counts.reduce((next, { name }) => setPurpose(next, name, { is: 'event' }), mapping));
  return (
    <Button size="sm" onClick={all}>
      Make {countOf(counts.length, 'column')} with numbers events
    </Button>
  );
}
