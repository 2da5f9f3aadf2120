import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { eventNamesQuery } from '#web/lib/event-names.ts';
import { formatNumber } from '#web/lib/format.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Select } from '#web/ui/select.tsx';
import { type FilterForm, type SignalFormState, takesProperty } from '../form.ts';

const aggregates = [
  { value: 'count', label: 'How often it happened' },
  { value: 'distinct_users', label: 'How many people did it' },
  { value: 'sum', label: 'Sum of a property' },
  { value: 'average', label: 'Average of a property' },
  { value: 'last', label: 'Last value of a property' },
] as const;
const ops = [
  { value: 'eq', label: 'is' },
  { value: 'ne', label: 'is not' },
  { value: 'gt', label: 'above' },
  { value: 'gte', label: 'at least' },
  { value: 'lt', label: 'below' },
  { value: 'lte', label: 'at most' },
  { value: 'contains', label: 'contains' },
  { value: 'exists', label: 'is there' },
] as const;

export interface EventFieldsProps {
  form: SignalFormState;
  set: (part: Partial<SignalFormState>) => void;
  errorAt: (path: string) => string | null;
}

/** Which event, what of it, over how many days, and which of them. */
export function EventFields({ form, set, errorAt }: EventFieldsProps) {
  const [text, setText] = useState('');
  const found = useQuery(eventNamesQuery(useDeferredValue(text)));
  const events = useMemo(() => {
    const seen = (found.data?.items ?? []).map(({ name, events30d }) => ({
      value: name,
      label: name,
      description: `${formatNumber(events30d)} in 30 days`,
    }));
    const unique = [...new Map(seen.map((option) => [option.value, option])).values()];
    const known = form.event === '' || unique.some(({ value }) => value === form.event);
    return known ? unique : [{ value: form.event, label: form.event, description: '' }, ...unique];
  }, [found.data, form.event]);
  const setFilter = (index: number, part: Partial<FilterForm>) =>
    set({ filters: form.filters.map((old, at) => (at === index ? { ...old, ...part } : old)) });
  return (
    <>
      <Field label="Event" error={errorAt('event')}>
        {({ id }) => (
          <Combobox
            id={id}
            label="Event"
            placeholder="Choose an event that was seen"
            options={events}
            value={form.event || null}
            loading={found.isFetching}
            onSearch={setText}
            onChange={(event) => set({ event: event ?? '' })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="What of it">
          {({ id }) => (
            <Select id={id} options={aggregates} value={form.aggregate} onChange={(aggregate) => set({ aggregate })} />
          )}
        </Field>
        <Field label="Over how many days" error={errorAt('windowDays')}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={730}
              value={form.windowDays}
              onChange={(event) => set({ windowDays: event.target.value })}
            />
          )}
        </Field>
      </div>
      {takesProperty(form.aggregate) && (
        <Field label="Property" hint="A number that the event carries" error={errorAt('property')}>
          {(control) => (
            <Input
              {...control}
              placeholder="rows"
              value={form.property}
              onChange={(event) => set({ property: event.target.value })}
            />
          )}
        </Field>
      )}
      <fieldset className="min-w-0">
        <legend className="mb-1 text-sm font-medium">
          Only events where <span className="font-normal text-faint">optional</span>
        </legend>
        <div className="flex flex-col gap-1.5">
          {form.filters.map((filter, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: filters may be equal; their place is their identity
            <div key={index}>
              <div className="flex gap-1.5">
                <Input
                  aria-label={`Property of filter ${index + 1}`}
                  placeholder="property"
                  value={filter.property}
                  onChange={(event) => setFilter(index, { property: event.target.value })}
                />
                <Select
                  label={`Comparison of filter ${index + 1}`}
                  className="!w-28 shrink-0"
                  options={ops}
                  value={filter.op}
                  onChange={(op) => setFilter(index, { op })}
                />
                {filter.op !== 'exists' && (
                  <Input
                    aria-label={`Value of filter ${index + 1}`}
                    placeholder="value"
                    value={filter.value}
                    onChange={(event) => setFilter(index, { value: event.target.value })}
                  />
                )}
                <IconButton
                  label={`Remove filter ${index + 1}`}
                  onClick={() => set({ filters: form.filters.filter((_, at) => at !== index) })}
                >
                  <X className="size-4" aria-hidden="true" />
                </IconButton>
              </div>
              {(errorAt(`filters.${index}.property`) ?? errorAt(`filters.${index}.value`)) && (
                <p role="alert" className="mt-0.5 text-xs text-critical">
                  {errorAt(`filters.${index}.property`) ?? errorAt(`filters.${index}.value`)}
                </p>
              )}
            </div>
          ))}
          <Button
            size="sm"
            tone="quiet"
            className="self-start"
            onClick={() => set({ filters: [...form.filters, { property: '', op: 'eq', value: '' }] })}
          >
            <Plus className="size-3.5" aria-hidden="true" /> Filter
          </Button>
        </div>
      </fieldset>
    </>
  );
}
