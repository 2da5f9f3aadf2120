import { useQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import type { z } from 'zod';
import type { work } from '#contracts/workspace.ts';
import { useNow } from '#web/lib/now.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { secondsLeft } from '#web/lib/time-left.ts';
import { Badge, type StatusTone } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useCancelWork } from '../api/cancel-work.ts';
import { worksQuery } from '../api/list-works.ts';

type Work = z.infer<typeof work>;

const states: Record<Work['status'], { word: string; tone: StatusTone }> = {
  queued: { word: 'Waiting', tone: 'fair' },
  running: { word: 'Running', tone: 'fair' },
  done: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'critical' },
  cancelled: { word: 'Cancelled', tone: 'none' },
};

/** What each kind of work counts. */
const units: Record<string, string> = { backfill: 'accounts', rejudge: 'accounts', recount: 'accounts' };

/** Long works with their progress. They go on when this page is left. */
export function WorkList() {
  const works = useQuery(worksQuery);
  return (
    <>
      <PageHeader
        title="Long work"
        note="Back-fills, recounts and demo data. They go on when you leave, and survive a restart of the server."
      />
      <Loaded query={works} skeleton={<Skeleton className="h-40 w-full" />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<Hourglass />}
              title="Nothing has taken long yet"
              why="When history is imported or the calendar changes, the past is computed again; its progress shows here."
            />
          ) : (
            <ul className="rounded-lg border border-line">
              {items.map((one) => (
                <WorkRow key={one.id} work={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function WorkRow({ work }: { work: Work }) {
  const { can } = useSignedIn();
  const cancel = useCancelWork();
  const now = useNow();
  const open = work.status === 'queued' || work.status === 'running';
  const { word, tone } = states[work.status];
  return (
    <li className="flex flex-col gap-2 border-t border-line px-4 py-3 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 truncate text-sm font-medium text-text">{work.title}</span>
        <Badge tone={tone}>{word}</Badge>
        <DateText value={work.finishedAt ?? work.startedAt ?? work.createdAt} className="text-xs text-faint" />
        {open && can('settings.manage') && (
          <Button
            size="sm"
            busy={cancel.isPending}
            onClick={() =>
              cancel.mutate(work.id, {
                onError: sayFailed,
                onSuccess: () => toast({ text: 'Cancelled. What was done so far stays.' }),
              })
            }
          >
            Cancel
          </Button>
        )}
      </div>
      {work.status === 'running' && (
        <ProgressBar
          label="Progress"
          done={work.done}
          total={work.total}
          unit={units[work.kind] ?? 'steps'}
          secondsLeft={secondsLeft({ ...work, now })}
        />
      )}
      {work.error && (
        <p role="alert" className="text-xs text-critical">
          {work.error}
        </p>
      )}
    </li>
  );
}
