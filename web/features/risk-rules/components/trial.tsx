import { Link } from '@tanstack/react-router';
import { countOf, formatMoney, formatNumber } from '#web/lib/format.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { type PlainColumn, PlainTable } from '#web/ui/plain-table.tsx';
import type { Trial as Result } from '../api/try-rule.ts';
import { TrackRecord } from './track-record.tsx';

type Example = Result['examples'][number];

/** What a rule would have opened in the past. */
export function Trial({ trial, currency, stale }: { trial: Result; currency: string; stale: boolean }) {
  return (
    <div className={stale ? 'opacity-60' : undefined} aria-live="polite">
      {stale && <p className="mb-2 text-xs font-medium text-warning">The rule changed since. Try it again.</p>}
      <p className="tnum text-2xl font-semibold tracking-tight">
        {formatNumber(trial.wouldBeOpenNow)}{' '}
        <span className="text-base font-normal text-muted">
          {trial.wouldBeOpenNow === 1 ? 'would be' : 'would be'} open now
        </span>
      </p>
      <p className="tnum mb-4 text-xs text-muted">
        {formatMoney(trial.arrMinor, currency)} ARR; tried over {countOf(trial.days, 'day')} of the past
      </p>
      {trial.trackRecord.opened === 0 ? (
        <p className="text-sm">It would never have opened.</p>
      ) : (
        <TrackRecord record={trial.trackRecord} />
      )}
      {trial.examples.length > 0 && (
        <div className="mt-4">
          <PlainTable
            label="Would have opened"
            columns={columns}
            rows={trial.examples}
            rowId={(row) => `${row.accountId} ${row.openedOn}`}
          />
        </div>
      )}
    </div>
  );
}

const columns: PlainColumn<Example>[] = [
  {
    id: 'account',
    header: 'Account',
    cell: (row) => (
      <Link
        to="/accounts/$accountId"
        params={{ accountId: String(row.accountId) }}
        className="font-medium text-text hover:underline"
      >
        {row.accountName}
      </Link>
    ),
  },
  { id: 'opened', header: 'Opens', cell: (row) => <DateText value={row.openedOn} absolute /> },
  {
    id: 'resolved',
    header: 'Resolves',
    cell: (row) =>
      row.resolvedOn ? <DateText value={row.resolvedOn} absolute /> : <span className="text-faint">still open</span>,
  },
];
