import { useState } from 'react';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Field, Textarea } from '#web/ui/input.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import type { RejectedEvent } from '../api/list-rejected.ts';
import { useReplayRejected } from '../api/replay-rejected.ts';

/** One event that was set aside: what it said, and what it should have said. */
export function FixEvent({ event, onDone }: { event: RejectedEvent; onDone: () => void }) {
  const { can } = useSignedIn();
  const original = JSON.stringify(event.payload, null, 2);
  const [text, setText] = useState(original);
  const [refused, setRefused] = useState(false);
  const replay = useReplayRejected();
  const { payload, fault } = readPayload(text);
  const changed = text !== original;
  const send = () =>
    payload &&
    replay.mutate(
      { ids: [event.id], ...(changed && { payload }) },
      {
        onError: sayFailed,
        onSuccess: ({ stored }) => {
          setRefused(stored === 0);
          if (stored === 0) return;
          toast({ text: 'Stored' });
          onDone();
        },
      },
    );
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-1 text-sm">
        <dt className="text-faint">Reason</dt>
        <dd className="font-medium text-critical">{event.reason}</dd>
        {event.field && (
          <>
            <dt className="text-faint">Field</dt>
            <dd>
              <code className="font-mono text-xs">{event.field}</code>
            </dd>
          </>
        )}
        <dt className="text-faint">Source</dt>
        <dd>{event.source}</dd>
        <dt className="text-faint">Received</dt>
        <dd>
          <DateText value={event.at} />
        </dd>
      </dl>
      {can('intake.manage') ? (
        <>
          <Field
            label="What was sent"
            hint="Correct it here. What is stored counts from its own time, as if it had been right at once."
            error={fault}
          >
            {(control) => (
              <Textarea
                {...control}
                className="min-h-80 font-mono !text-xs"
                spellCheck={false}
                value={text}
                onChange={(change) => {
                  setText(change.target.value);
                  setRefused(false);
                }}
              />
            )}
          </Field>
          {refused && (
            <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-sm text-critical">
              It still breaks a rule and stays set aside. Compare the field named above with what the guide says about
              it.
            </p>
          )}
          <div className="flex gap-2">
            <Button tone="primary" disabled={!payload} busy={replay.isPending} onClick={send}>
              {changed ? 'Replay corrected' : 'Replay as it is'}
            </Button>
            {changed && <Button onClick={() => setText(original)}>Put back</Button>}
          </div>
        </>
      ) : (
        <CodeBlock label="what was sent" text={original} />
      )}
    </div>
  );
}

function readPayload(text: string): { payload: Record<string, unknown> | null; fault: string | null } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { payload: value as Record<string, unknown>, fault: null };
    }
    return { payload: null, fault: 'An event is one JSON object, { … }.' };
  } catch (error) {
    return { payload: null, fault: `This is not JSON: ${(error as Error).message}` };
  }
}
