import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ImportJob } from '#contracts/intake.ts';
import { bytesText } from '#web/lib/bytes.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { importQuery, isUnderWay } from '../api/get-import.ts';
import { kindTitle, statusWords } from './import-list.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportResult } from './import-result.tsx';
import { MappingEditor } from './mapping-editor.tsx';

/** One import from its upload to its result. `findings` are the contradictions of the workspace. */
export function ImportView({ id, findings }: { id: number; findings: ReactNode }) {
  const job = useQuery(importQuery(id));
  useRefreshAfter(job.data);
  return (
    <Loaded query={job} skeleton={<ImportSkeleton />}>
      {(data) => (
        <>
          <Head job={data} />
          <Body job={data} findings={findings} />
        </>
      )}
    </Loaded>
  );
}

/** What other pages show is no longer true once an import has ended. */
function useRefreshAfter(job: ImportJob | undefined): void {
  const client = useQueryClient();
  const underWay = job ? isUnderWay(job) : null;
  const was = useRef(underWay);
  useEffect(() => {
    if (was.current && underWay === false) {
      for (const key of ['intake', 'imports', 'accounts', 'portfolio', 'signals', 'features', 'event-names', 'works']) {
        void client.invalidateQueries({ queryKey: [key] });
      }
    }
    was.current = underWay;
  }, [client, underWay]);
}

function Head({ job }: { job: ImportJob }) {
  const { word, tone } = statusWords[job.status];
  return (
    <div>
      <Link to="/intake/import" className="text-xs text-muted hover:text-text">
        ← All imports
      </Link>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 truncate text-lg font-semibold">{job.name}</h2>
        <Badge tone={tone}>{word}</Badge>
        <span className="tnum text-xs text-faint">
          {bytesText(job.bytes)}, {kindTitle(job.kind ?? job.guessedKind)}, uploaded <DateText value={job.createdAt} />
        </span>
      </div>
      {job.sameFileAs !== null && (
        <p className="mt-2 rounded-md bg-fair-soft px-3 py-2 text-sm text-fair">
          The same file was{' '}
          <Link
            to="/intake/imports/$importId"
            params={{ importId: String(job.sameFileAs) }}
            className="font-medium underline"
          >
            imported before
          </Link>
          . Importing it again with the same mapping changes nothing: every line is known already.
        </p>
      )}
    </div>
  );
}

function Body({ job, findings }: { job: ImportJob; findings: ReactNode }) {
  const { can } = useSignedIn();
  if (isUnderWay(job)) return <ImportProgress job={job} />;
  if (job.status === 'done' || job.status === 'failed' || job.status === 'cancelled') {
    return <ImportResult job={job} findings={findings} />;
  }
  if (!can('facts.write')) return <p className="text-sm text-muted">Somebody is mapping the columns of this file.</p>;
  return <MappingEditor key={job.id} job={job} />;
}

function ImportSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-6 w-72" />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-80 w-full" />
    </div>
  );
}
