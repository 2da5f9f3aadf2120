import { useState } from 'react';
import type { SignalDefinition } from '#contracts/signals.ts';
import { checkCustomSignal, type Problem } from '#core/signals/custom.ts';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { keyFrom } from '#web/lib/key-from.ts';
import { Button } from '#web/ui/button.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Select } from '#web/ui/select.tsx';
import { toast } from '#web/ui/toast.tsx';
import { usePutCustomSignal } from '../api/put-custom-signal.ts';
import { blankForm, formOf, type SignalFormState, signalOf } from '../form.ts';
import { EventFields } from './event-fields.tsx';

const kinds = [
  { value: 'events', label: 'From events', description: 'A count, sum, average or last value over a window' },
  { value: 'attribute', label: 'From an attribute', description: 'What the account’s attribute is now' },
] as const;
const types = [
  { value: 'number', label: 'A number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'text', label: 'A text' },
] as const;
const directions = [
  { value: 'higher', label: 'Higher is better' },
  { value: 'lower', label: 'Lower is better' },
  { value: 'neither', label: 'Neither by itself' },
] as const;

export interface SignalFormProps {
  /** null = a new one */
  signal: SignalDefinition | null;
  /** keys in use */
  taken: ReadonlySet<string>;
  onDone: () => void;
}

/** Makes or changes a signal of one's own. */
export function SignalForm({ signal, taken, onDone }: SignalFormProps) {
  const [form, setForm] = useState<SignalFormState>(() =>
    signal?.customDefinition ? formOf(signal.key, signal.customDefinition) : blankForm,
  );
  const [tried, setTried] = useState(false);
  const put = usePutCustomSignal();
  const isNew = signal === null;
  const key = isNew ? form.key || `custom.${keyFrom(form.title)}` : signal.key;
  const body = signalOf(form);
  const problems = checkCustomSignal(key, body, isNew ? taken : new Set());
  const errorAt = (path: string) => (tried ? messageAt(problems, path) : null) ?? fieldError(put.error, path);
  const set = (part: Partial<SignalFormState>) => setForm({ ...form, ...part });
  const send = () => {
    setTried(true);
    if (problems.length > 0) return;
    put.mutate(
      { key, body },
      {
        onSuccess: () => {
          toast({ text: `${body.title} saved. Its values are being computed for every account.` });
          onDone();
        },
      },
    );
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field label="Title" error={errorAt('title')}>
        {(control) => (
          <Input
            {...control}
            placeholder="Reports exported in 30 days"
            value={form.title}
            onChange={(event) => set({ title: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Key"
        hint={isNew ? 'Made from the title; it cannot be changed later' : 'It cannot be changed'}
        error={errorAt('key')}
      >
        {(control) => (
          <Input
            {...control}
            className="font-mono !text-xs"
            disabled={!isNew}
            value={key}
            onChange={(event) => set({ key: event.target.value })}
          />
        )}
      </Field>
      <Field label="Made">
        {({ id }) => <Select id={id} options={kinds} value={form.kind} onChange={(kind) => set({ kind })} />}
      </Field>
      {form.kind === 'events' ? (
        <EventFields form={form} set={set} errorAt={errorAt} />
      ) : (
        <div className="grid grid-cols-2 gap-3">
          <Field label="Attribute" hint="As it is named in your files or CRM" error={errorAt('attribute')}>
            {(control) => (
              <Input {...control} value={form.attribute} onChange={(event) => set({ attribute: event.target.value })} />
            )}
          </Field>
          <Field label="Read as">
            {({ id }) => <Select id={id} options={types} value={form.type} onChange={(type) => set({ type })} />}
          </Field>
        </div>
      )}
      <div className="grid grid-cols-2 gap-3">
        <Field label="Unit" optional error={errorAt('unit')}>
          {(control) => (
            <Input
              {...control}
              placeholder="reports"
              value={form.unit}
              onChange={(event) => set({ unit: event.target.value })}
            />
          )}
        </Field>
        <Field label="Which way is better">
          {({ id }) => (
            <Select id={id} options={directions} value={form.better} onChange={(better) => set({ better })} />
          )}
        </Field>
      </div>
      {put.error &&
        !(
          put.error &&
          ['title', 'key', 'event', 'property', 'windowDays', 'attribute'].some((path) => fieldError(put.error, path))
        ) && (
          <p role="alert" className="text-sm text-critical">
            {errorText(put.error).title}. {errorText(put.error).detail}
          </p>
        )}
      <Button type="submit" tone="primary" className="self-start" busy={put.isPending}>
        {isNew ? 'Make signal' : 'Save signal'}
      </Button>
    </form>
  );
}

function messageAt(problems: readonly Problem[], path: string): string | null {
  return problems.find((one) => one.path === path)?.message ?? null;
}
