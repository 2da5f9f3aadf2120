import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SignalDefinition } from '#contracts/signals.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalsQuery } from '#web/lib/signals.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/code-block.tsx';
import { SidePanel } from '#web/ui/dialog.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { ErrorState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useDeleteCustomSignal } from '../api/delete-custom-signal.ts';
import { usePutCustomSignal } from '../api/put-custom-signal.ts';
import { Presence } from './signal-catalogue.tsx';
import { SignalForm } from './signal-form.tsx';

export interface SignalPanelProps {
  /** from the address */
  signal: string | undefined;
  edit: 'new' | 'this' | undefined;
  onClose: () => void;
}

/** One signal in full; those of one's own can be changed here. */
export function SignalPanel({ signal, edit, onClose }: SignalPanelProps) {
  const { data } = useQuery(signalsQuery);
  const { can } = useSignedIn();
  const found = signal === undefined ? undefined : data?.byKey.get(signal);
  const editing = can('settings.manage') && (edit === 'new' || (edit === 'this' && found?.customDefinition));
  const title = edit === 'new' ? 'New signal' : (found?.title ?? 'Signal');
  return (
    <SidePanel open={signal !== undefined || edit === 'new'} onClose={onClose} title={title}>
      {editing && data ? (
        <SignalForm
          key={found?.key ?? 'new'}
          signal={edit === 'new' ? null : (found ?? null)}
          taken={new Set(data.items.map(({ key }) => key))}
          onDone={onClose}
        />
      ) : found ? (
        <SignalDetail signal={found} onDone={onClose} />
      ) : (
        data &&
        signal !== undefined && (
          <ErrorState compact title="There is no such signal" detail="It may have been removed." />
        )
      )}
    </SidePanel>
  );
}

function SignalDetail({ signal, onDone }: { signal: SignalDefinition; onDone: () => void }) {
  const { can } = useSignedIn();
  const better = signal.higherIsBetter === null ? 'Neither by itself' : signal.higherIsBetter ? 'Higher' : 'Lower';
  const lines: [string, React.ReactNode][] = [
    ['Key', <KeyLine key="key" text={signal.key} />],
    ['What it is', signal.definition],
    ['Looks at', signal.window],
    ['Unit', signal.unit || 'none'],
    ['Better', better],
    ['When it is missing', signal.missing],
    ['Accounts with it', <Presence key="presence" signal={signal} />],
  ];
  return (
    <div className="flex flex-col gap-5">
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-y-2.5 text-sm">
        {lines.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-faint">{term}</dt>
            <dd className="min-w-0 text-text">{value}</dd>
          </div>
        ))}
      </dl>
      {!signal.connected && (
        <p className="rounded-md bg-sunken px-3 py-2 text-sm text-muted">
          Nothing feeds this signal yet. Scorecards leave it out of their coverage, and rules that read it cannot open.
        </p>
      )}
      {signal.customDefinition && can('settings.manage') && (
        <div className="flex items-center gap-2">
          <Link to="/settings/signals" search={(old) => ({ ...old, edit: 'this' })} className={buttonClass()}>
            Change
          </Link>
          <span className="flex-1" />
          <RemoveSignal signal={signal} onDone={onDone} />
        </div>
      )}
    </div>
  );
}

function KeyLine({ text }: { text: string }) {
  return (
    <span className="flex items-center gap-2">
      <code className="font-mono text-xs break-all">{text}</code>
      <CopyButton text={text} label="Copy the key" />
    </span>
  );
}

function RemoveSignal({ signal, onDone }: { signal: SignalDefinition; onDone: () => void }) {
  const remove = useDeleteCustomSignal();
  const put = usePutCustomSignal();
  const body = signal.customDefinition;
  return (
    <Button
      tone="danger"
      busy={remove.isPending}
      onClick={() =>
        remove.mutate(signal.key, {
          onError: sayFailed,
          onSuccess: () => {
            onDone();
            toast({
              text: `${signal.title} removed`,
              ...(body && { undo: () => put.mutate({ key: signal.key, body }, { onError: sayFailed }) }),
            });
          },
        })
      }
    >
      Remove
    </Button>
  );
}
