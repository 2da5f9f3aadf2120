import { Field, Input } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { Select } from '#web/ui/select.tsx';
import { Switch } from '#web/ui/toggles.tsx';
import type { FormFaults, RuleForm } from '../form.ts';

const urgencies = (['medium', 'high', 'critical'] as const).map((value) => ({
  value,
  label: { medium: 'Medium', high: 'High', critical: 'Critical' }[value],
  description: {
    medium: 'Half a step on the risk level',
    high: 'Two of them make an account’s level high',
    critical: 'One alone makes an account’s level critical',
  }[value],
}));
const spans = [
  { value: 'hours', label: 'hours' },
  { value: 'days', label: 'days' },
] as const;

export interface RuleFieldsProps {
  form: RuleForm;
  faults: FormFaults;
  locked: boolean;
  onChange: (form: RuleForm) => void;
}

/** What happens when the rule opens: how urgent, by when, what to do, and how long it stays quiet. */
export function RuleFields({ form, faults, locked, onChange }: RuleFieldsProps) {
  const set = (part: Partial<RuleForm>) => onChange({ ...form, ...part });
  return (
    <Section title="What it asks for" actions={<RiskLevelBadge level={form.urgency} />}>
      <fieldset disabled={locked} className="grid gap-4 sm:grid-cols-2">
        <Field label="Title" hint="As the owner of the account reads it" error={faults.title}>
          {(control) => (
            <Input
              {...control}
              placeholder="Seats lie idle"
              value={form.title}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
        <Field label="What to do" error={faults.recommendedAction}>
          {(control) => (
            <Input
              {...control}
              placeholder="Adoption plan"
              value={form.recommendedAction}
              onChange={(event) => set({ recommendedAction: event.target.value })}
            />
          )}
        </Field>
        <Field label="Urgency">
          {({ id }) => (
            <Select
              id={id}
              options={urgencies}
              value={form.urgency}
              disabled={locked}
              onChange={(urgency) => set({ urgency })}
            />
          )}
        </Field>
        <Field label="Respond within" error={faults.respondWithin}>
          {(control) => (
            <span className="flex gap-1.5">
              <Input
                {...control}
                inputMode="numeric"
                className="!w-20"
                value={form.respondWithin}
                onChange={(event) => set({ respondWithin: event.target.value })}
              />
              <Select
                label="Unit of the response time"
                className="!w-24"
                options={spans}
                value={form.respondUnit}
                disabled={locked}
                onChange={(respondUnit) => set({ respondUnit })}
              />
            </span>
          )}
        </Field>
        <Field
          label="Resolves after quiet days"
          hint="Days in a row on which the condition does not hold"
          error={faults.quietDays}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="!w-20"
              value={form.quietDays}
              onChange={(event) => set({ quietDays: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Stays quiet afterwards for days"
          hint="So that it does not flap; a higher urgency breaks it"
          error={faults.cooldownDays}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="!w-20"
              value={form.cooldownDays}
              onChange={(event) => set({ cooldownDays: event.target.value })}
            />
          )}
        </Field>
        <div className="sm:col-span-2">
          <Switch
            label="The rule is on"
            hint="Off: it opens nothing and its open risks resolve"
            checked={form.enabled}
            disabled={locked}
            onChange={(enabled) => set({ enabled })}
          />
        </div>
      </fieldset>
    </Section>
  );
}
