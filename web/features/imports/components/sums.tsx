import type { ImportJob } from '#contracts/intake.ts';
import { formatNumber } from '#web/lib/format.ts';
import { cx } from '#web/ui/cx.ts';

type Counted = Pick<ImportJob, 'stored' | 'updated' | 'duplicates' | 'unmatched' | 'rejected' | 'linesDone'>;

interface Part {
  key: keyof Omit<Counted, 'linesDone'>;
  label: string;
  what: string;
  fill: string;
}

const parts: readonly Part[] = [
  { key: 'stored', label: 'Stored', what: 'new facts', fill: 'bg-good-fill' },
  { key: 'updated', label: 'Changed', what: 'facts that were known and said something else', fill: 'bg-fair-fill' },
  { key: 'duplicates', label: 'Repeated', what: 'known already, nothing to do', fill: 'bg-none-fill' },
  { key: 'unmatched', label: 'Unmatched', what: 'kept until somebody says whose they are', fill: 'bg-warning-fill' },
  {
    key: 'rejected',
    label: 'Rejected',
    what: 'broke a rule; to be had as a file with reasons',
    fill: 'bg-critical-fill',
  },
];

/** What became of every line: the parts add up to the lines read. `would` speaks of a dry run. */
export function Sums({ job, would }: { job: Counted; would?: boolean }) {
  const total = parts.reduce((sum, { key }) => sum + job[key], 0);
  return (
    <div>
      <div aria-hidden="true" className="mb-3 flex h-2 gap-px overflow-hidden rounded-full bg-none-soft">
        {parts.map(
          ({ key, fill }) =>
            job[key] > 0 && (
              <span key={key} className={cx('min-w-1', fill)} style={{ flexGrow: job[key], flexBasis: 0 }} />
            ),
        )}
      </div>
      <dl className="flex flex-wrap items-start gap-y-3">
        {parts.map(({ key, label, what, fill }, index) => (
          <div
            key={key}
            title={what}
            className={cx(
              'relative pr-5',
              index > 0 && "pl-5 before:absolute before:top-3 before:left-0 before:text-faint before:content-['+']",
            )}
          >
            <dt className="flex items-center gap-1.5 text-xs text-faint">
              <span aria-hidden="true" className={cx('size-2 rounded-xs', fill)} />
              {would ? label.toLowerCase() : label}
            </dt>
            <dd className="tnum text-lg font-semibold text-text">{formatNumber(job[key])}</dd>
          </div>
        ))}
        <div className="relative pl-5 before:absolute before:top-3 before:left-0 before:text-faint before:content-['=']">
          <dt className="text-xs text-faint">Lines read</dt>
          <dd className="tnum text-lg font-semibold text-text">{formatNumber(job.linesDone)}</dd>
        </div>
      </dl>
      {total !== job.linesDone && (
        <p className="mt-2 text-xs text-faint">The parts add up once the lines being worked on are counted.</p>
      )}
    </div>
  );
}
