import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { addressOf } from '#contracts/client.ts';
import { downloadRejects, type ImportJob } from '#contracts/intake.ts';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import { spanWords } from '../span.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { Problems } from './problems.tsx';
import { Sums } from './sums.tsx';

/** What an import did: sums that account for every line, and what to do about the rest. */
export function ImportResult({ job, findings }: { job: ImportJob; findings: ReactNode }) {
  const { can } = useSignedIn();
  const [again, setAgain] = useState(false);
  if (again) return <MappingEditor job={job} />;
  const mayRepeat = can('facts.write');
  return (
    <>
      <Section
        title={titles[job.status] ?? 'Result'}
        note={note(job)}
        actions={
          mayRepeat && (
            <Button onClick={() => setAgain(true)}>
              {job.status === 'done' ? 'Import again with changes' : 'Map and start again'}
            </Button>
          )
        }
      >
        <div className="flex flex-col gap-5">
          {job.error && (
            <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-sm text-critical">
              {job.error}
            </p>
          )}
          <Sums job={job} />
          <NextSteps job={job} />
          <Problems job={job} />
        </div>
      </Section>
      {job.status === 'done' && (
        <Section
          plain
          title="Contradictions in the data"
          note="Found over all facts of the workspace after this import. They stop nothing."
        >
          {findings}
        </Section>
      )}
    </>
  );
}

const titles: Partial<Record<ImportJob['status'], string>> = {
  done: 'Every line is accounted for',
  failed: 'The import failed',
  cancelled: 'The import was cancelled',
};

function note(job: ImportJob): string {
  const took = job.startedAt && job.finishedAt ? Date.parse(job.finishedAt) - Date.parse(job.startedAt) : null;
  const time = took === null ? '' : `Took ${spanWords(took)}. `;
  if (job.status === 'done') return `${time}Scores follow by themselves; the past is computed in the background.`;
  return `${time}What was stored stays; the same file can be imported again and continues where facts are missing.`;
}

function NextSteps({ job }: { job: ImportJob }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      {job.rejected > 0 && (
        <a href={addressOf(downloadRejects, { params: { id: job.id } })} download className={buttonClass('primary')}>
          <Download className="size-4" aria-hidden="true" />
          Download {countOf(job.rejected, 'line')} with reasons
        </a>
      )}
      {job.unmatched > 0 && (
        <Link to="/intake/unmatched" className={buttonClass()}>
          Say whose {countOf(job.unmatched, 'line')} {job.unmatched === 1 ? 'is' : 'are'}
        </Link>
      )}
      <Link to="/accounts" className={buttonClass()}>
        See accounts
      </Link>
      <Link to="/intake/import" className={buttonClass('quiet')}>
        Import another file
      </Link>
    </div>
  );
}
