import type { ImportJob } from '#contracts/intake.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { type PlainColumn, PlainTable } from '#web/ui/plain-table.tsx';

type Problem = ImportJob['problems'][number];

/** The first problems by line and column, and how many of each kind there are among them. */
export function Problems({ job }: { job: ImportJob }) {
  if (job.rejected === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm font-medium">
        {countOf(job.rejected, 'line')} rejected
        {job.rejected > job.problems.length && `, the first ${formatNumber(job.problems.length)} here`}
      </p>
      <PlainTable
        label="Problems by line and column"
        columns={columns}
        rows={job.problems}
        rowId={(row) => `${row.line} ${row.column} ${row.message}`}
      />
    </div>
  );
}

const columns: PlainColumn<Problem>[] = [
  { id: 'line', header: 'Line', align: 'right', className: 'w-20', cell: (row) => formatNumber(row.line) },
  {
    id: 'column',
    header: 'Column',
    className: 'w-40',
    cell: (row) => <code className="font-mono text-xs">{row.column ?? ''}</code>,
  },
  { id: 'message', header: 'What is wrong', cell: (row) => row.message },
];
