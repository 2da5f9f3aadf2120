import { useState } from 'react';
import type { z } from 'zod';
import type { workspace } from '#contracts/workspace.ts';
import { fieldError } from '#web/lib/errors.ts';
import { formatDate } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { currencyOptions, zoneOptions } from '#web/lib/zones.ts';
import { Button } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import { useUpdateWorkspace } from '../api/update-workspace.ts';

export type Workspace = z.infer<typeof workspace>;

/** Name, time zone and currency. */
export function General({ workspace }: { workspace: Workspace }) {
  const { can } = useSignedIn();
  const [form, setForm] = useState({
    name: workspace.name,
    timeZone: workspace.timeZone,
    currency: workspace.currency,
  });
  const update = useUpdateWorkspace();
  const locked = !can('settings.manage');
  const zoneChanged = form.timeZone !== workspace.timeZone;
  const currencyChanged = form.currency !== workspace.currency;
  const changed = form.name.trim() !== workspace.name || zoneChanged || currencyChanged;
  const save = () =>
    update.mutate(
      {
        name: form.name.trim(),
        ...(zoneChanged && { timeZone: form.timeZone }),
        ...(currencyChanged && { currency: form.currency }),
      },
      {
        onError: sayFailed,
        onSuccess: () =>
          toast({ text: zoneChanged || currencyChanged ? 'Saved. The past is being computed again.' : 'Saved' }),
      },
    );
  return (
    <Section
      title="General"
      note={
        workspace.dayClosed ? (
          <>
            Today is {formatDate(workspace.today)} here; the last day that was closed is{' '}
            <DateText value={workspace.dayClosed} absolute />.
          </>
        ) : (
          `Today is ${formatDate(workspace.today)} here; no day has been closed yet.`
        )
      }
    >
      <div className="grid max-w-3xl gap-4 sm:grid-cols-3">
        <Field label="Name" error={fieldError(update.error, 'name')}>
          {(control) => (
            <Input
              {...control}
              disabled={locked}
              value={form.name}
              onChange={(event) => setForm({ ...form, name: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Time zone"
          hint={zoneChanged ? 'All days are counted again; this may take a while' : 'Decides when a day begins'}
          error={fieldError(update.error, 'timeZone')}
        >
          {({ id }) => (
            <Combobox
              id={id}
              label="Time zone"
              options={zoneOptions}
              value={form.timeZone}
              disabled={locked}
              onChange={(timeZone) => setForm({ ...form, timeZone: timeZone ?? form.timeZone })}
            />
          )}
        </Field>
        <Field
          label="Currency"
          hint={currencyChanged ? 'Exchange rates below must be given in it' : 'Money of all accounts is shown in it'}
          error={fieldError(update.error, 'currency')}
        >
          {({ id }) => (
            <Combobox
              id={id}
              label="Currency"
              options={currencyOptions}
              value={form.currency}
              disabled={locked}
              onChange={(currency) => setForm({ ...form, currency: currency ?? form.currency })}
            />
          )}
        </Field>
      </div>
      {!locked && (
        <Button
          className="mt-4"
          tone="primary"
          disabled={!changed || !form.name.trim()}
          busy={update.isPending}
          onClick={save}
        >
          Save
        </Button>
      )}
    </Section>
  );
}
