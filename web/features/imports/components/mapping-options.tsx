import { useState } from 'react';
import type { ImportMapping } from '#contracts/intake.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { currencyOptions, zoneOptions } from '#web/lib/zones.ts';
import { Combobox } from '#web/ui/combobox.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { Select } from '#web/ui/select.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';

const units = [
  { value: 'major', label: 'Whole units: 12.50' },
  { value: 'minor', label: 'Minor units: 1250' },
] as const;
const money = new Set(['subscriptions', 'invoices', 'payments', 'accounts', 'goals']);

export interface MappingOptionsProps {
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

/** How values of the file are to be read. */
export function MappingOptions({ mapping, onChange }: MappingOptionsProps) {
  const { workspace } = useSignedIn();
  const [source, setSource] = useState(mapping.source);
  const fine = /^[a-z0-9][a-z0-9_-]{0,40}$/.test(source);
  const set = (part: Partial<ImportMapping>) => onChange({ ...mapping, ...part });
  return (
    <Section title="How to read it">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Source"
          hint="Names the system whose ids the file carries. Use the same name for all its files."
          error={fine ? null : 'Small letters, digits, - and _ only.'}
        >
          {(control) => (
            <Input
              {...control}
              value={source}
              onChange={(event) => {
                setSource(event.target.value);
                if (/^[a-z0-9][a-z0-9_-]{0,40}$/.test(event.target.value)) set({ source: event.target.value });
              }}
            />
          )}
        </Field>
        <Field label="Time zone" hint="Of times that name none">
          {({ id }) => (
            <Combobox
              id={id}
              label="Time zone"
              options={zoneOptions}
              value={mapping.timeZone ?? workspace.timeZone}
              onChange={(timeZone) =>
                set({ timeZone: timeZone === workspace.timeZone ? undefined : (timeZone ?? undefined) })
              }
            />
          )}
        </Field>
        {money.has(mapping.kind) && (
          <>
            <Field label="Currency" hint="Of amounts that name none">
              {({ id }) => (
                <Combobox
                  id={id}
                  label="Currency"
                  options={currencyOptions}
                  value={mapping.currency ?? workspace.currency}
                  onChange={(currency) =>
                    set({ currency: currency === workspace.currency ? undefined : (currency ?? undefined) })
                  }
                />
              )}
            </Field>
            <Field label="Amounts are in">
              {({ id }) => (
                <Select
                  id={id}
                  options={units}
                  value={mapping.moneyUnit}
                  onChange={(moneyUnit) => set({ moneyUnit })}
                />
              )}
            </Field>
          </>
        )}
        {mapping.kind !== 'accounts' && mapping.kind !== 'features' && (
          <div className="sm:col-span-2">
            <Checkbox
              checked={mapping.createAccounts}
              onChange={(event) => set({ createAccounts: event.target.checked })}
              label={
                <span>
                  Make accounts that are missing
                  <span className="block text-xs text-faint">
                    Otherwise their lines wait under Unmatched until somebody says whose they are
                  </span>
                </span>
              }
            />
          </div>
        )}
      </div>
    </Section>
  );
}
