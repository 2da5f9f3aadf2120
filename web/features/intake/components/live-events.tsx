import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pause, Play, Radio } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { formatDateTime, formatNumber } from '#web/lib/format.ts';
import { useShortcut } from '#web/lib/shortcuts.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { SearchInput } from '#web/ui/input.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { type RecentEvent, recentEventsQuery } from '../api/list-recent-events.ts';
import { type LiveEvent, useEventStream } from '../api/stream-events.ts';

type Line = RecentEvent & { settled: boolean };

const settleMs = 1_000;

export interface LiveEventsProps {
  /** from the address: part of a name, account, user or property */
  filter: string;
  onFilter: (filter: string) => void;
}

/** Events as they arrive, for finding out what a product really sends. */
export function LiveEvents({ filter, onFilter }: LiveEventsProps) {
  const [paused, setPaused] = useState(false);
  const stream = useEventStream(paused);
  const recent = useQuery(recentEventsQuery);
  const { refetch } = recent;
  const newest = stream.events[0]?.messageId;
  // The stream tells of an event before its account is known.
  useEffect(() => {
    if (newest === undefined) return;
    const timer = setTimeout(() => void refetch(), settleMs);
    return () => clearTimeout(timer);
  }, [newest, refetch]);
  useShortcut('p', () => setPaused(!paused));
  const lines = useMemo(() => join(stream.events, recent.data?.items ?? []), [stream.events, recent.data]);
  const wanted = filter.trim().toLowerCase();
  const shown = wanted === '' ? lines : lines.filter((line) => textOf(line).includes(wanted));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Show only lines with"
          placeholder="Event, account, user or property"
          value={filter}
          onChange={onFilter}
          className="w-full sm:w-72"
        />
        <Button onClick={() => setPaused(!paused)} aria-pressed={paused}>
          {paused ? <Play className="size-4" aria-hidden="true" /> : <Pause className="size-4" aria-hidden="true" />}
          {paused ? 'Go on' : 'Pause'}
        </Button>
        <p role="status" className="flex items-center gap-1.5 text-xs text-muted">
          <span
            className={cx(
              'size-2 rounded-full',
              paused ? 'bg-warning-fill' : stream.connected ? 'bg-good-fill' : 'bg-none-fill',
            )}
          />
          {paused
            ? `Paused, ${formatNumber(stream.waiting)} waiting`
            : stream.connected
              ? 'Live'
              : 'Connecting. Events are stored all the same.'}
        </p>
      </div>
      <Loaded query={recent} skeleton={<Skeleton className="h-80 w-full" />}>
        {() =>
          shown.length === 0 ? (
            <EmptyState
              icon={<Radio />}
              title={wanted ? 'No line with that' : 'Nothing has arrived yet'}
              why={
                wanted
                  ? 'Lines that arrive later and match are shown here at once.'
                  : 'Events show here the moment they are stored, with the account they found.'
              }
              action={
                wanted ? (
                  <Button onClick={() => onFilter('')}>Show all</Button>
                ) : (
                  <Link to="/intake" search={{ panel: 'connect' }} className="text-sm text-accent-text hover:underline">
                    Send the first event
                  </Link>
                )
              }
            />
          ) : (
            <ol aria-label="Events, newest first" className="overflow-hidden rounded-lg border border-line">
              {shown.map((line) => (
                <EventLine key={line.messageId} line={line} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </div>
  );
}

/** What streamed in over what was there; of an event in both, what is stored knows its account. */
function join(live: readonly LiveEvent[], recent: readonly RecentEvent[]): Line[] {
  const stored = new Map(recent.map((event) => [event.messageId, event]));
  const lines = live.map(({ line: _line, ...event }) => {
    const settled = stored.get(event.messageId);
    stored.delete(event.messageId);
    return settled ? { ...settled, receivedAt: event.receivedAt, settled: true } : event;
  });
  return [...lines, ...[...stored.values()].map((event) => ({ ...event, settled: true }))];
}

function textOf(line: RecentEvent): string {
  return `${line.kind} ${line.name} ${line.accountName ?? ''} ${line.user ?? ''} ${line.reference ?? ''} ${JSON.stringify(line.properties)}`.toLowerCase();
}

/** What is known of an event, as it is shown in full. */
function shownOf({ settled, accountId, accountName, ...event }: Line) {
  return settled ? { ...event, accountId, accountName } : event;
}

/** Seconds matter here: what was just pressed is looked for. */
function TimeText({ value }: { value: string }) {
  const today = Date.now() - Date.parse(value) < 12 * 3_600_000;
  return today ? (
    <time
      dateTime={value}
      title={formatDateTime(value)}
      className="tnum hidden w-24 shrink-0 text-xs text-faint sm:block"
    >
      {new Date(value).toLocaleTimeString()}
    </time>
  ) : (
    <DateText value={value} className="hidden w-24 shrink-0 text-xs text-faint sm:block" />
  );
}

function EventLine({ line }: { line: Line }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="border-t border-line text-sm first:border-t-0">
      <div className="flex items-center gap-3 px-3 py-1.5 hover:bg-hover">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-3 rounded-sm text-left"
        >
          <TimeText value={line.receivedAt} />
          <Badge tone={line.kind === 'track' ? 'accent' : 'none'}>{line.kind}</Badge>
          <span className="min-w-0 flex-1 truncate font-medium text-text">{line.name}</span>
          <span className="hidden max-w-48 truncate text-xs text-muted md:block">{line.user ?? 'no user'}</span>
        </button>
        <span className="w-32 shrink-0 truncate text-right text-xs sm:w-48">
          {!line.settled ? (
            <span className="text-muted">{line.reference ?? 'no group'}</span>
          ) : line.accountId === null ? (
            <Link to="/intake/unmatched" className="text-warning hover:underline">
              unmatched{line.reference && `: ${line.reference}`}
            </Link>
          ) : (
            <Link
              to="/accounts/$accountId"
              params={{ accountId: String(line.accountId) }}
              className="text-accent-text hover:underline"
            >
              {line.accountName ?? `account ${line.accountId}`}
            </Link>
          )}
        </span>
      </div>
      {open && (
        <div className="px-3 pb-3">
          <CodeBlock label={`the event ${line.name}`} text={JSON.stringify(shownOf(line), null, 2)} />
        </div>
      )}
    </li>
  );
}
