import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { factKinds, isFactKind } from '#contracts/facts.ts';
import type { ImportJob } from '#contracts/intake.ts';
import { bytesText } from '#web/lib/bytes.ts';
import { formatNumber, formatPercent } from '#web/lib/format.ts';
import { Badge, type StatusTone } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Section } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { importsQuery } from '../api/list-imports.ts';

export const statusWords: Record<ImportJob['status'], { word: string; tone: StatusTone }> = {
  uploaded: { word: 'To be mapped', tone: 'warning' },
  checking: { word: 'Trying', tone: 'fair' },
  checked: { word: 'Tried, not started', tone: 'warning' },
  running: { word: 'Running', tone: 'fair' },
  done: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'critical' },
  cancelled: { word: 'Cancelled', tone: 'none' },
};

/** What was imported, with what became of it. */
export function ImportList({ allowed }: { allowed: boolean }) {
  const imports = useInfiniteQuery(importsQuery);
  return (
    <Section plain title="Imports">
      <Loaded query={imports} skeleton={<PlainTableSkeleton columns={columns} rows={4} />}>
        {({ pages }) => (
          <PlainTable
            label="Imports"
            columns={columns}
            rows={pages.flatMap((page) => page.items)}
            rowId={(row) => row.id}
            empty={
              <EmptyState
                icon={<FileUp />}
                title="Nothing was imported yet"
                why={
                  allowed
                    ? 'Begin with accounts, then contracts, then usage and the rest: what later files refer to is then known.'
                    : 'Files that others import are listed here.'
                }
              />
            }
          />
        )}
      </Loaded>
      {imports.hasNextPage && (
        <Button className="mt-3" busy={imports.isFetchingNextPage} onClick={() => void imports.fetchNextPage()}>
          Show earlier imports
        </Button>
      )}
    </Section>
  );
}

export function kindTitle(kind: string | null): string {
  if (kind === null) return 'kind not known yet';
  return isFactKind(kind) ? factKinds[kind].title : kind;
}

const columns: PlainColumn<ImportJob>[] = [
  {
    id: 'name',
    header: 'File',
    className: 'max-w-72',
    cell: (row) => (
      <Link to="/intake/imports/$importId" params={{ importId: String(row.id) }} className="group block">
        <span className="block truncate font-medium text-text group-hover:underline">{row.name}</span>
        <span className="tnum block text-xs text-faint">
          {bytesText(row.bytes)}, {kindTitle(row.kind ?? row.guessedKind)}
        </span>
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'State',
    cell: (row) => (
      <span className="flex items-center gap-2">
        <Badge tone={statusWords[row.status].tone}>{statusWords[row.status].word}</Badge>
        {(row.status === 'running' || row.status === 'checking') && row.linesTotal ? (
          <span className="tnum text-xs text-muted">{formatPercent(Math.min(1, row.linesDone / row.linesTotal))}</span>
        ) : null}
      </span>
    ),
  },
  {
    id: 'lines',
    header: 'Lines',
    align: 'right',
    wideOnly: true,
    cell: (row) => formatNumber(row.linesTotal ?? row.linesDone),
  },
  {
    id: 'stored',
    header: 'Stored',
    align: 'right',
    wideOnly: true,
    cell: (row) => (isOver(row) ? formatNumber(row.stored + row.updated) : ''),
  },
  {
    id: 'rejected',
    header: 'Rejected',
    align: 'right',
    wideOnly: true,
    cell: (row) =>
      isOver(row) ? <span className={row.rejected > 0 ? 'text-warning' : ''}>{formatNumber(row.rejected)}</span> : '',
  },
  {
    id: 'at',
    header: 'When',
    cell: (row) => <DateText value={row.finishedAt ?? row.startedAt ?? row.createdAt} className="text-muted" />,
  },
];

function isOver({ status }: ImportJob): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled' || status === 'running';
}
