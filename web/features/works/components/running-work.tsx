import type { Answer } from '#contracts/kit.ts';
import type { listWorks } from '#contracts/workspace.ts';
import { useNow } from '#web/lib/now.ts';
import { secondsLeft } from '#web/lib/time-left.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';

/** How far a long work is. Fetched while there is one. */
export default function RunningWork({ work }: { work: Answer<typeof listWorks>['items'][number] }) {
  const now = useNow();
  const { title, done, total, startedAt } = work;
  return (
    <div role="status" className="px-4 pb-2">
      <ProgressBar
        label={title}
        done={total === null ? done : Math.round((done / total) * 100)}
        total={total === null ? null : 100}
        unit={total === null ? 'done' : '%'}
        secondsLeft={secondsLeft({ done, total, startedAt, now })}
      />
    </div>
  );
}
