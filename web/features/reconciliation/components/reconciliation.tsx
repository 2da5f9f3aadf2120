import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, Download, ListOrdered } from 'lucide-react';
import type { Answer } from '#contracts/kit.ts';
import type { listDisagreements } from '#contracts/reconciliation.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Money } from '#web/ui/money.tsx';
import { Stat } from '#web/ui/page.tsx';
import { Segmented } from '#web/ui/segmented.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { disagreementsFile, disagreementsQuery, type ReportNarrowing } from '../api/list-disagreements.ts';
import { sourceTitle } from '../words.ts';
import { DisagreementRow } from './disagreement-row.tsx';

export interface ReconciliationProps {
  narrowing: ReportNarrowing;
  onNarrow: (change: ReportNarrowing) => void;
  /** shows the order of sources, of this field or in general */
  onOrder: (field: string | undefined) => void;
}

type Report = Answer<typeof listDisagreements>;

/** Fields on which sources disagree, those with most revenue at stake first. */
export function Reconciliation({ narrowing, onNarrow, onOrder }: ReconciliationProps) {
  const report = useInfiniteQuery(disagreementsQuery(narrowing));
  return (
    <div className="flex flex-col gap-4">
      <Loaded query={report} skeleton={<ReportSkeleton />}>
        {({ pages }) => {
          const first = pages[0]!;
          const rows = pages.flatMap((page) => page.items);
          const nothing = first.total === 0 && first.settled === 0 && first.fields.length === 0;
          if (nothing) return <NoDisagreements onOrder={() => onOrder(undefined)} />;
          return (
            <>
              <Totals report={first} />
              <div className="flex flex-wrap items-center gap-2">
                <Filters report={first} narrowing={narrowing} onNarrow={onNarrow} />
                <span className="flex-1" />
                <Button size="sm" onClick={() => onOrder(narrowing.field)}>
                  <ListOrdered className="size-3.5" aria-hidden="true" />
                  Order of sources
                </Button>
                <a className={buttonClass('secondary', 'sm')} href={disagreementsFile(narrowing)} download>
                  <Download className="size-3.5" aria-hidden="true" />
                  CSV
                </a>
              </div>
              {rows.length === 0 ? (
                <div className="rounded-lg border border-line bg-surface">
                  <NothingHere narrowing={narrowing} onNarrow={onNarrow} />
                </div>
              ) : (
                <ul aria-label="Disagreements" className="overflow-hidden rounded-lg border border-line bg-surface">
                  {rows.map((row) => (
                    <DisagreementRow key={`${row.accountId} ${row.field}`} row={row} onOrder={onOrder} />
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Loaded>
      {report.hasNextPage && (
        <Button className="self-center" busy={report.isFetchingNextPage} onClick={() => void report.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}

function Totals({ report }: { report: Report }) {
  const { workspace } = useSignedIn();
  return (
    <div className="grid grid-cols-2 gap-x-8 gap-y-3 sm:flex sm:flex-wrap">
      <div className="col-span-2">
        <Stat
          lead
          label="Revenue at stake"
          value={<Money amountMinor={report.atStakeMinor} currency={workspace.currency} />}
          note={`ARR of ${countOf(report.accounts, 'account')}`}
        />
      </div>
      <Stat
        label="Disagreements"
        value={formatNumber(report.total)}
        note={report.total === 1 ? 'a field of an account' : 'fields of accounts'}
      />
      <Stat
        label="ARR apart"
        value={<Money amountMinor={report.differenceMinor} currency={workspace.currency} />}
        note="between what is said of it"
      />
    </div>
  );
}

const anything = 'any';

function Filters({
  report,
  narrowing,
  onNarrow,
}: Pick<ReconciliationProps, 'narrowing' | 'onNarrow'> & { report: Report }) {
  const fields = report.fields.map(({ field, title, disagreements }) => {
    return { value: field, label: `${title} (${formatNumber(disagreements)})` };
  });
  return (
    <>
      <Segmented
        label="Which disagreements"
        options={[
          { value: 'open', label: 'Open' },
          { value: 'settled', label: `Decided by hand (${formatNumber(report.settled)})` },
        ]}
        value={narrowing.settled ? 'settled' : 'open'}
        onChange={(next) => onNarrow({ settled: next === 'settled' ? 'true' : undefined })}
      />
      <Choice<string>
        label="Field"
        neutral={anything}
        options={[{ value: anything, label: 'Any field' }, ...fields]}
        value={narrowing.field ?? anything}
        onChange={(field) => onNarrow({ ...narrowing, field: field === anything ? undefined : field })}
      />
      <Choice<string>
        label="Sources"
        neutral={anything}
        options={[{ value: anything, label: 'Any sources' }, ...pairsIn(report)]}
        value={narrowing.pair ?? anything}
        onChange={(pair) => onNarrow({ ...narrowing, pair: pair === anything ? undefined : pair })}
      />
    </>
  );
}

/** Pairs of sources, whichever of the two is believed. */
function pairsIn({ sources }: Report): { value: string; label: string }[] {
  const counts = new Map<string, number>();
  for (const { source, against, disagreements } of sources) {
    const pair = [source, against].sort().join('/');
    counts.set(pair, (counts.get(pair) ?? 0) + disagreements);
  }
  return [...counts].map(([pair, count]) => {
    const [one, other] = pair.split('/').map(sourceTitle);
    return { value: pair, label: `${one} and ${other} (${formatNumber(count)})` };
  });
}

function NoDisagreements({ onOrder }: { onOrder: () => void }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={<CircleCheck />}
        title="Sources agree"
        why="Where two sources say different things about an account, such as an ARR of 50 000 in the CRM and 48 000 in billing, it would be listed here with the revenue at stake."
        action={<Button onClick={onOrder}>See the order of sources</Button>}
      />
    </div>
  );
}

function NothingHere({ narrowing, onNarrow }: Pick<ReconciliationProps, 'narrowing' | 'onNarrow'>) {
  const narrowed = narrowing.field !== undefined || narrowing.pair !== undefined;
  return (
    <EmptyState
      icon={<CircleCheck />}
      title={narrowed ? 'No such disagreement' : narrowing.settled ? 'Nothing is decided by hand' : 'Nothing is open'}
      why={
        narrowing.settled
          ? 'What a member decides is listed here until a source changes its mind.'
          : 'Those that a member has decided are kept under “Decided by hand”.'
      }
      action={
        narrowed && (
          <Button onClick={() => onNarrow({ settled: narrowing.settled })}>Show all fields and sources</Button>
        )
      }
    />
  );
}

function ReportSkeleton() {
  return (
    <>
      <div className="flex gap-8">
        {['w-40', 'w-24', 'w-28'].map((width) => (
          <Skeleton key={width} className={`h-16 ${width}`} />
        ))}
      </div>
      <Skeleton className="h-7 w-80" />
      <Skeleton className="h-72 w-full" />
    </>
  );
}
