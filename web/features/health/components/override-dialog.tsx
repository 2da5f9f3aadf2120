import { useState } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { daysBefore } from '#web/lib/days.ts';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { BandShape } from '#web/ui/band-badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input, Textarea } from '#web/ui/input.tsx';
import { Select } from '#web/ui/select.tsx';
import { useOverride } from '../api/override.ts';

const usualDays = 30;
const leastReason = 3;

/** Sets the band or the score by hand for a time, with a reason. */
export function OverrideDialog({
  accountId,
  bands,
  onClose,
}: {
  accountId: number;
  bands: readonly Band[];
  onClose: () => void;
}) {
  const { workspace } = useSignedIn();
  const [kind, setKind] = useState<'band' | 'score'>('band');
  const [band, setBand] = useState<string | null>(null);
  const [score, setScore] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(daysBefore(workspace.today, -usualDays));
  const override = useOverride(accountId);
  const chosen = kind === 'band' ? band !== null : score !== '';
  const submit = () =>
    override.mutate(
      {
        ...(kind === 'band' ? { band: band! } : { score: Number(score) }),
        reason: reason.trim(),
        until: new Date(`${until}T23:59`).toISOString(),
      },
      { onSuccess: onClose },
    );
  const failed = override.error && !fieldError(override.error, 'reason') ? errorText(override.error) : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Set health by hand"
      description="The computed score stays visible beside it. The change, your name and the reason are kept in the audit log."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            busy={override.isPending}
            disabled={!chosen || reason.trim().length < leastReason || !until}
            onClick={submit}
          >
            Set by hand
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <Field label="What">
          {({ id }) => (
            <Select
              id={id}
              options={[
                { value: 'band', label: 'The band' },
                { value: 'score', label: 'The score' },
              ]}
              value={kind}
              onChange={setKind}
            />
          )}
        </Field>
        {kind === 'band' ? (
          <Field label="Band" error={fieldError(override.error, 'band')}>
            {({ id }) => (
              <Select
                id={id}
                options={bands.map(({ key, name, tone, action }) => ({
                  value: key,
                  label: name,
                  description: action,
                  icon: <BandShape tone={tone} />,
                }))}
                value={band}
                onChange={setBand}
              />
            )}
          </Field>
        ) : (
          <Field label="Score" hint="0 to 100" error={fieldError(override.error, 'score')}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={0}
                max={100}
                value={score}
                onChange={(event) => setScore(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label="Until" error={fieldError(override.error, 'until')}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={workspace.today}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Reason"
          hint="What do you know that the signals do not?"
          error={fieldError(override.error, 'reason')}
        >
          {(control) => <Textarea {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {failed && (
          <p role="alert" className="text-sm text-critical">
            {failed.title}. {failed.detail}
          </p>
        )}
      </div>
    </Dialog>
  );
}
