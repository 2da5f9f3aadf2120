import { useState } from 'react';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { keyFrom } from '#web/lib/key-from.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { useDeleteFeature } from '../api/delete-feature.ts';
import type { Feature } from '../api/list-features.ts';
import { type FeatureBody, useSaveFeature } from '../api/save-feature.ts';
import { EventPicker } from './event-picker.tsx';

const blank: FeatureBody = { key: '', name: '', area: null, core: false, advanced: false, plans: [], events: [] };

/** One feature: its name, what it counts as, and the events that show its use. */
export function FeatureForm({ feature, onDone }: { feature: Feature | null; onDone: () => void }) {
  const { can } = useSignedIn();
  const [body, setBody] = useState<FeatureBody>(() => (feature ? bodyOf(feature) : blank));
  const [plans, setPlans] = useState(body.plans.join(', '));
  const save = useSaveFeature();
  const locked = !can('settings.manage');
  const set = (part: Partial<FeatureBody>) => setBody({ ...body, ...part });
  const ready = body.name.trim() !== '' && body.key !== '';
  const send = () =>
    save.mutate(
      {
        id: feature?.id ?? null,
        body: { ...body, name: body.name.trim(), plans: plans.split(',').flatMap((plan) => plan.trim() || []) },
      },
      {
        onSuccess: () => {
          toast({ text: `${body.name.trim()} saved. Past use is counted again.` });
          onDone();
        },
      },
    );
  const { error } = save;
  const placed = ['name', 'key', 'area', 'plans'].some((path) => fieldError(error, path));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !locked) send();
      }}
    >
      <fieldset disabled={locked} className="flex min-w-0 flex-col gap-4">
        <Field label="Name" error={fieldError(error, 'name')}>
          {(control) => (
            <Input
              {...control}
              value={body.name}
              onChange={(event) => {
                const name = event.target.value;
                const follows = !feature && (body.key === '' || body.key === keyFrom(body.name));
                set({ name, ...(follows && { key: keyFrom(name) }) });
              }}
            />
          )}
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Key" hint="Short and lasting, for files and the API" error={fieldError(error, 'key')}>
            {(control) => (
              <Input
                {...control}
                className="font-mono !text-xs"
                value={body.key}
                onChange={(event) => set({ key: event.target.value })}
              />
            )}
          </Field>
          <Field label="Area" optional hint="Part of your product" error={fieldError(error, 'area')}>
            {(control) => (
              <Input
                {...control}
                value={body.area ?? ''}
                onChange={(event) => set({ area: event.target.value || null })}
              />
            )}
          </Field>
        </div>
        <div className="flex flex-col gap-2">
          <Checkbox
            checked={body.core}
            onChange={(event) => set({ core: event.target.checked })}
            label={
              <span>
                Core <span className="text-xs text-faint">every healthy customer uses it</span>
              </span>
            }
          />
          <Checkbox
            checked={body.advanced}
            onChange={(event) => set({ advanced: event.target.checked })}
            label={
              <span>
                Advanced <span className="text-xs text-faint">a sign of mastery</span>
              </span>
            }
          />
        </div>
        <Field
          label="Plans that include it"
          optional
          hint="Separated by commas; empty means all"
          error={fieldError(error, 'plans')}
        >
          {(control) => (
            <Input
              {...control}
              placeholder="Team, Enterprise"
              value={plans}
              onChange={(event) => setPlans(event.target.value)}
            />
          )}
        </Field>
        <EventPicker chosen={body.events} onChange={(events) => set({ events })} locked={locked} />
      </fieldset>
      {error && !placed && (
        <p role="alert" className="text-sm text-critical">
          {errorText(error).title}. {errorText(error).detail}
        </p>
      )}
      {locked ? (
        <p className="text-xs text-faint">Administrators and CS operations can change features.</p>
      ) : (
        <div className="flex items-center gap-2">
          <Button type="submit" tone="primary" disabled={!ready} busy={save.isPending}>
            {feature ? 'Save feature' : 'Add feature'}
          </Button>
          <span className="flex-1" />
          {feature && <RemoveFeature feature={feature} onDone={onDone} />}
        </div>
      )}
    </form>
  );
}

function bodyOf(feature: Feature): FeatureBody {
  const { key, name, area, core, advanced, plans, events } = feature;
  return { key, name, area, core, advanced, plans, events };
}

function RemoveFeature({ feature, onDone }: { feature: Feature; onDone: () => void }) {
  const remove = useDeleteFeature();
  const save = useSaveFeature();
  return (
    <Button
      tone="danger"
      busy={remove.isPending}
      onClick={() =>
        remove.mutate(feature.id, {
          onError: sayFailed,
          onSuccess: () => {
            onDone();
            toast({
              text: `${feature.name} removed`,
              undo: () => save.mutate({ id: null, body: bodyOf(feature) }, { onError: sayFailed }),
            });
          },
        })
      }
    >
      Remove
    </Button>
  );
}
