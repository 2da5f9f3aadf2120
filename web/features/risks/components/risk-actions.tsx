import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { RiskSignal } from '#contracts/risk.ts';
import { daysBefore } from '#web/lib/days.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input, Textarea } from '#web/ui/input.tsx';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { type RiskAction, useActOnRisk } from '../api/risks.ts';

/** The next step as a button, the others in a menu. Nothing for members who may only look. */
export function RiskActions({ risk }: { risk: RiskSignal }) {
  const { can } = useSignedIn();
  const act = useActOnRisk();
  const [asks, setAsks] = useState<'snooze' | 'dismiss' | null>(null);
  if (!can('risks.act')) return null;
  const run = (body: RiskAction) => act.mutate({ risk, body });
  const next: { action: RiskAction['action']; label: string } | null = !risk.open
    ? { action: 'reopen', label: 'Reopen' }
    : risk.status === 'new'
      ? { action: 'acknowledge', label: 'Acknowledge' }
      : risk.status === 'snoozed'
        ? { action: 'wake', label: 'End snooze' }
        : risk.status === 'acknowledged'
          ? { action: 'start', label: 'Start' }
          : { action: 'saved', label: 'Close as saved' };
  const entries: MenuEntry[] = [
    ...(risk.status === 'new' ? [{ label: 'Start work on it', onSelect: () => run({ action: 'start' }) }] : []),
    ...(risk.status === 'snoozed' ? [] : [{ label: 'Snooze', onSelect: () => setAsks('snooze') }]),
    ...(risk.status === 'in_progress'
      ? [{ label: 'Back to acknowledged', onSelect: () => run({ action: 'unstart' }) }]
      : []),
    ...(risk.status === 'acknowledged' || risk.status === 'in_progress'
      ? [{ label: 'Take back acknowledgement', onSelect: () => run({ action: 'unacknowledge' }) }]
      : []),
    null,
    { label: 'Close as saved', onSelect: () => run({ action: 'saved' }) },
    { label: 'Close as lost', onSelect: () => run({ action: 'lost' }) },
    null,
    { label: 'Dismiss as wrong', onSelect: () => setAsks('dismiss') },
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it takes no press itself, it keeps those of its menu and dialogs from the row around
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same
    <span className="inline-flex items-center gap-1" onClick={(event) => event.stopPropagation()}>
      <Button size="sm" busy={act.isPending} onClick={() => run({ action: next.action })}>
        {next.label}
      </Button>
      {risk.open && (
        <Menu
          trigger={
            <Button size="sm" tone="quiet" aria-label={`More for ${risk.title}`} className="!px-1.5">
              <ChevronDown className="size-3.5" aria-hidden="true" />
            </Button>
          }
          entries={entries}
        />
      )}
      {asks && (
        <ReasonDialog
          kind={asks}
          onClose={() => setAsks(null)}
          onDone={(body) => {
            setAsks(null);
            run(body);
          }}
        />
      )}
    </span>
  );
}

const texts = {
  snooze: {
    title: 'Snooze this risk',
    note: 'It comes back by itself on the day, or earlier when its urgency rises. It still counts in the level.',
    does: 'Snooze',
  },
  dismiss: {
    title: 'Dismiss as wrong',
    note: 'It closes and counts against the rule, so that rules which cry wolf become visible.',
    does: 'Dismiss',
  },
};
const snoozeDays = 7;

function ReasonDialog({
  kind,
  onClose,
  onDone,
}: {
  kind: 'snooze' | 'dismiss';
  onClose: () => void;
  onDone: (body: RiskAction) => void;
}) {
  const { workspace } = useSignedIn();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(daysBefore(workspace.today, -snoozeDays));
  const { title, note, does } = texts[kind];
  const submit = () =>
    onDone(
      kind === 'snooze'
        ? { action: kind, reason, until: new Date(`${until}T00:00`).toISOString() }
        : { action: kind, reason },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={note}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={!reason.trim() || !until} onClick={submit}>
            {does}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        {kind === 'snooze' && (
          <Field label="Until">
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
        )}
        <Field label="Reason" hint={kind === 'snooze' ? 'What are you waiting for?' : 'What did the rule get wrong?'}>
          {(control) => (
            <Textarea {...control} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
