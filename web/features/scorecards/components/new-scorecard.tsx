import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Select } from '#web/ui/select.tsx';
import { useCreateScorecard } from '../api/create-scorecard.ts';
import type { ScorecardRecord } from '../api/get-scorecard.ts';

export interface NewScorecardProps {
  /** id of the scorecard to begin with; null = what is connected */
  copyOf: number | null;
  scorecards: readonly ScorecardRecord[];
  onClose: () => void;
}

/** Starts a scorecard from the data that is there, or as a copy. */
export function NewScorecard({ copyOf, scorecards, onClose }: NewScorecardProps) {
  const [from, setFrom] = useState<'connected' | 'copy'>(copyOf === null ? 'connected' : 'copy');
  const [source, setSource] = useState(String(copyOf ?? scorecards[0]?.id ?? ''));
  const [name, setName] = useState('');
  const create = useCreateScorecard();
  const navigate = useNavigate();
  const start = () =>
    name.trim() &&
    create.mutate(
      { name: name.trim(), from: from === 'connected' ? { connected: true } : { copyOf: Number(source) } },
      {
        onSuccess: (made) =>
          void navigate({ to: '/settings/scorecards/$scorecardId', params: { scorecardId: String(made.id) } }),
      },
    );
  const error = create.error ? errorText(create.error) : null;
  return (
    <Dialog
      open
      onClose={onClose}
      width="md"
      title="New scorecard"
      description="It begins as a draft. Nothing changes until you publish it."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={create.isPending} disabled={!name.trim()} onClick={start}>
            Start
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <Field label="Name">
          {(control) => <Input {...control} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">Begin with</legend>
          <Choice
            chosen={from === 'connected'}
            onChoose={() => setFrom('connected')}
            title="What is connected"
            what="Signals that at least half of your accounts have, with usual curves. Right for data like yours, also if there is usage alone."
          />
          <Choice
            chosen={from === 'copy'}
            onChoose={() => setFrom('copy')}
            title="A copy"
            what="Of a scorecard that there is, in its newest version."
          >
            {from === 'copy' && (
              <Select
                label="Scorecard to copy"
                className="mt-2 !w-64"
                options={scorecards.map(({ id, name: title }) => ({ value: String(id), label: title }))}
                value={source}
                onChange={setSource}
              />
            )}
          </Choice>
        </fieldset>
        {error && (
          <p role="alert" className="text-sm text-critical">
            {error.title}. {error.detail}
          </p>
        )}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  chosen: boolean;
  onChoose: () => void;
  title: string;
  what: string;
  children?: React.ReactNode;
}

function Choice({ chosen, onChoose, title, what, children }: ChoiceProps) {
  return (
    <div className={cx('rounded-md border p-3', chosen ? 'border-accent bg-accent-soft/50' : 'border-line')}>
      <label className="flex items-start gap-2.5">
        <input type="radio" name="begin" checked={chosen} onChange={onChoose} className="mt-1 accent-[var(--accent)]" />
        <span>
          <span className="block text-sm font-medium">{title}</span>
          <span className="block text-xs text-muted">{what}</span>
        </span>
      </label>
      {children && <div className="pl-6">{children}</div>}
    </div>
  );
}
