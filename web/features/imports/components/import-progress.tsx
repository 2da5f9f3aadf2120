import { useEffect, useState } from 'react';
import type { ImportJob } from '#contracts/intake.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { secondsLeft } from '#web/lib/time-left.ts';
import { Button } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { useCancelImport } from '../api/cancel-import.ts';
import { Problems } from './problems.tsx';
import { Sums } from './sums.tsx';

/** A dry run or an import under way: counts, time left, and the way to stop it. */
export function ImportProgress({ job }: { job: ImportJob }) {
  const { can } = useSignedIn();
  const cancel = useCancelImport(job.id);
  const now = useMomentOf(job);
  const trying = job.status === 'checking';
  return (
    <Section
      title={trying ? 'Trying every line' : 'Storing'}
      note={
        trying ? 'Nothing is stored.' : 'You can leave this page; the import goes on and is found again in the list.'
      }
      actions={
        can('facts.write') && (
          <Button busy={cancel.isPending} onClick={() => cancel.mutate(undefined, { onError: sayFailed })}>
            {trying ? 'Stop trying' : 'Cancel import'}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-5">
        <ProgressBar
          label={trying ? 'Tried' : 'Done'}
          done={job.linesDone}
          total={job.linesTotal}
          unit="lines"
          secondsLeft={secondsLeft({ done: job.linesDone, total: job.linesTotal, startedAt: job.startedAt, now })}
        />
        <Sums job={job} would={trying} />
        <Problems job={job} />
      </div>
    </Section>
  );
}

/** The moment of the newest answer: what it says is held against the time it came. */
function useMomentOf(job: ImportJob): number {
  const [now, setNow] = useState(Date.now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is a new object
  useEffect(() => setNow(Date.now()), [job]);
  return now;
}
