import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { SidePanel } from '#web/ui/dialog.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { type RejectedEvent, rejectedQuery } from '../api/list-rejected.ts';
import { useReplayRejected } from '../api/replay-rejected.ts';
import { FixEvent } from './fix-event.tsx';

export interface SetAsideProps {
  /** id of the event whose panel is open, from the address */
  open: number | undefined;
  onClose: () => void;
}

/** Events that broke a rule: why, in which field, and the way back in. */
export function SetAside({ open, onClose }: SetAsideProps) {
  const { can } = useSignedIn();
  const rejected = useInfiniteQuery(rejectedQuery);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const manages = can('intake.manage');
  const events = rejected.data?.pages.flatMap((page) => page.items) ?? [];
  const opened = events.find(({ id }) => id === open);
  const columns = columnsFor(manages, chosen, setChosen);
  return (
    <div className="flex flex-col gap-3">
      <Loaded query={rejected} skeleton={<PlainTableSkeleton columns={columns} />}>
        {({ pages }) => (
          <>
            {events.length > 0 && (
              <Bar total={pages[0]!.total} chosen={chosen} manages={manages} onDone={() => setChosen(new Set())} />
            )}
            <PlainTable
              label="Events that were set aside"
              columns={columns}
              rows={events}
              rowId={(row) => row.id}
              empty={
                <EmptyState
                  icon={<CircleCheck />}
                  title="Nothing is set aside"
                  why="Events that break a rule, such as one without an id or dated next year, would wait here with the reason. The good ones of the same batch are stored all the same."
                />
              }
            />
          </>
        )}
      </Loaded>
      {rejected.hasNextPage && (
        <Button
          className="self-center"
          busy={rejected.isFetchingNextPage}
          onClick={() => void rejected.fetchNextPage()}
        >
          Show earlier ones
        </Button>
      )}
      <SidePanel open={opened !== undefined} onClose={onClose} wide title="Event that was set aside">
        {opened && <FixEvent key={opened.id} event={opened} onDone={onClose} />}
      </SidePanel>
    </div>
  );
}

interface BarProps {
  total: number;
  chosen: ReadonlySet<number>;
  manages: boolean;
  onDone: () => void;
}

function Bar({ total, chosen, manages, onDone }: BarProps) {
  const replay = useReplayRejected();
  const some = chosen.size > 0;
  const send = () =>
    replay.mutate(some ? { ids: [...chosen] } : {}, {
      onError: sayFailed,
      onSuccess: ({ stored, stillRejected }) => {
        onDone();
        toast({
          text: `${countOf(stored, 'event')} stored, ${stillRejected} still set aside`,
          ...(stored === 0 && { tone: 'failed' as const }),
        });
      },
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="tnum flex-1 text-sm text-muted">
        {some
          ? `${countOf(chosen.size, 'event')} selected`
          : `${countOf(total, 'event')} set aside. Open one to see and correct it, then replay.`}
      </p>
      {manages && (
        <Button busy={replay.isPending} onClick={send}>
          <RotateCcw className="size-4" aria-hidden="true" />
          {some ? 'Replay selected' : 'Replay all'}
        </Button>
      )}
    </div>
  );
}

function columnsFor(
  manages: boolean,
  chosen: ReadonlySet<number>,
  onChosen: (chosen: ReadonlySet<number>) => void,
): PlainColumn<RejectedEvent>[] {
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  };
  return [
    ...(manages
      ? [
          {
            id: 'choose',
            header: '',
            className: 'w-8',
            cell: (row: RejectedEvent) => (
              <Checkbox
                aria-label={`Select event ${row.id}`}
                checked={chosen.has(row.id)}
                onChange={() => toggle(row.id)}
              />
            ),
          },
        ]
      : []),
    {
      id: 'reason',
      header: 'Reason',
      cell: (row) => (
        <Link to="/intake/set-aside" search={{ event: row.id }} className="block font-medium text-text hover:underline">
          {row.field && <code className="mr-1.5 font-mono text-xs font-normal text-critical">{row.field}</code>}
          {row.reason}
        </Link>
      ),
    },
    {
      id: 'event',
      header: 'Event',
      wideOnly: true,
      cell: (row) => <span className="text-muted">{nameOf(row.payload)}</span>,
    },
    { id: 'source', header: 'Source', wideOnly: true, cell: (row) => <span className="text-muted">{row.source}</span> },
    {
      id: 'at',
      header: 'Received',
      cell: (row) => (
        <span className="flex items-center gap-2 text-muted">
          <DateText value={row.at} />
          {row.replayedAt && <Badge>replayed</Badge>}
        </span>
      ),
    },
  ];
}

function nameOf(payload: unknown): string {
  if (typeof payload !== 'object' || payload === null) return '';
  const { event, name, type } = payload as Record<string, unknown>;
  return [event, name, type].find((one): one is string => typeof one === 'string') ?? '';
}
