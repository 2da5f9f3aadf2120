import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { countOf } from '#web/lib/format.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { importsQuery } from '../api/list-imports.ts';
import { kindTitle } from './import-list.tsx';

const shown = 4;

/** The newest files beside the sources that send by themselves; nothing while there are none. */
export function LatestImports() {
  const { data } = useInfiniteQuery(importsQuery);
  const done = data?.pages[0]?.items.filter(({ status }) => status === 'done') ?? [];
  if (done.length === 0) return null;
  return (
    <section aria-labelledby="files-title">
      <div className="mb-2 flex items-baseline gap-3">
        <h2 id="files-title" className="text-sm font-semibold">
          Files
        </h2>
        <Link to="/intake/import" className="text-xs text-accent-text hover:underline">
          All imports
        </Link>
      </div>
      <ul className="overflow-hidden rounded-lg border border-line">
        {done.slice(0, shown).map((job) => (
          <li
            key={job.id}
            className="flex flex-wrap gap-x-6 gap-y-1 border-t border-line px-4 py-2.5 text-sm first:border-t-0"
          >
            <Link
              to="/intake/imports/$importId"
              params={{ importId: String(job.id) }}
              className="min-w-0 flex-1 basis-60 truncate font-medium text-text hover:underline"
            >
              {job.name}
            </Link>
            <span className="w-40 text-muted">{kindTitle(job.kind)}</span>
            <span className="tnum w-40 text-muted">{countOf(job.stored + job.updated, 'fact')} stored</span>
            <DateText value={job.finishedAt ?? job.createdAt} className="w-28 text-faint" />
          </li>
        ))}
      </ul>
    </section>
  );
}
