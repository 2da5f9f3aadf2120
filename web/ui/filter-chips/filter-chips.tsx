import { ListFilter, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../button.tsx';
import { cx } from '../cx.ts';
import { SearchInput } from '../input.tsx';
import { Popover } from '../popover.tsx';
import { Skeleton } from '../skeleton.tsx';
import { clauseText } from './text.ts';
import { type FilterClause, type FilterField, findFields, firstClause, needsValue } from './types.ts';

// Its controls are fetched when the first filter is opened.
const ChipEditor = lazy(() => import('./chip-editor.tsx'));

export interface FilterChipsProps {
  fields: readonly FilterField[];
  clauses: readonly FilterClause[];
  onChange: (clauses: FilterClause[]) => void;
}

/** The conditions of a list as chips; press one to change it, the cross to take it away. */
export function FilterChips({ fields, clauses, onChange }: FilterChipsProps) {
  const [justAdded, setJustAdded] = useState(-1);
  const replace = (index: number, clause: FilterClause) =>
    onChange(clauses.map((old, at) => (at === index ? clause : old)));
  const remove = (index: number) => onChange(clauses.filter((_, at) => at !== index));
  return (
    <>
      {clauses.map((clause, index) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: two chips may be equal; their place is their identity
          key={`${index}-${clause.field}`}
          clause={clause}
          field={fields.find((field) => field.field === clause.field)}
          openAtFirst={index === justAdded}
          onChange={(next) => replace(index, next)}
          onRemove={() => remove(index)}
        />
      ))}
      <AddFilter
        fields={fields}
        onAdd={(field) => {
          setJustAdded(clauses.length);
          onChange([...clauses, firstClause(field)]);
        }}
      />
      {clauses.length > 1 && (
        <Button tone="quiet" size="sm" onClick={() => onChange([])}>
          Clear all
        </Button>
      )}
    </>
  );
}

interface ChipProps {
  clause: FilterClause;
  field: FilterField | undefined;
  openAtFirst: boolean;
  onChange: (clause: FilterClause) => void;
  onRemove: () => void;
}

function isEmpty(clause: FilterClause): boolean {
  const { value, op } = clause;
  return needsValue(op) && (value === undefined || value === '' || (Array.isArray(value) && value.length === 0));
}

function Chip({ clause, field, openAtFirst, onChange, onRemove }: ChipProps) {
  const text = clauseText(clause, field);
  return (
    <span className="inline-flex h-7 max-w-full items-stretch overflow-hidden rounded-md border border-line-strong bg-surface text-xs">
      <Popover
        label={`Filter: ${text}`}
        defaultOpen={openAtFirst}
        // A chip that was opened and left without a value would filter nothing.
        onClose={() => isEmpty(clause) && onRemove()}
        className="w-72 p-3"
        trigger={
          <button type="button" className="min-w-0 truncate px-2 font-medium text-text hover:bg-hover">
            {text}
          </button>
        }
      >
        {field ? (
          <Suspense fallback={<Skeleton className="h-7 w-full" />}>
            <ChipEditor clause={clause} field={field} onChange={onChange} />
          </Suspense>
        ) : (
          <p>This field is no longer there.</p>
        )}
      </Popover>
      <button
        type="button"
        aria-label={`Remove filter: ${text}`}
        onClick={onRemove}
        className="border-l border-line px-1.5 text-faint hover:bg-hover hover:text-text"
      >
        <X className="size-3.5" aria-hidden="true" />
      </button>
    </span>
  );
}

function AddFilter({ fields, onAdd }: { fields: readonly FilterField[]; onAdd: (field: FilterField) => void }) {
  const [text, setText] = useState('');
  const found = findFields(fields, text);
  const typed = text.trim() !== '';
  return (
    <Popover
      label="Add a filter"
      className="w-64 p-2"
      onClose={() => setText('')}
      trigger={
        <Button tone="quiet" size="sm">
          <ListFilter className="size-3.5" aria-hidden="true" />
          Filter
        </Button>
      }
    >
      {(close) => (
        <>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const [first] = found;
              if (!typed || !first) return;
              close();
              onAdd(first);
            }}
          >
            <SearchInput label="Find a field" value={text} onChange={setText} />
          </form>
          <ul className="mt-1.5 max-h-72 overflow-y-auto">
            {found.map((field, index) => (
              <li key={field.field}>
                <button
                  type="button"
                  className={cx(
                    'flex w-full items-baseline justify-between gap-2 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover',
                    typed && index === 0 && 'bg-hover',
                  )}
                  onClick={() => {
                    close();
                    onAdd(field);
                  }}
                >
                  {field.label}
                  {field.group && <span className="truncate text-xs text-faint">{field.group}</span>}
                </button>
              </li>
            ))}
            {found.length === 0 && <li className="px-2 py-2 text-xs text-faint">No field with that name</li>}
          </ul>
        </>
      )}
    </Popover>
  );
}
