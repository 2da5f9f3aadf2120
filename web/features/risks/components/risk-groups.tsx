import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { Answer } from '#contracts/kit.ts';
import type { groupRisks } from '#contracts/risk.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Money } from '#web/ui/money.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { type RiskLevel, RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { type RiskGroupQuery, riskGroupsQuery } from '../api/risks.ts';
import { levelRule } from '../words.ts';
import type { RiskGrouping, RiskNarrowing } from './risk-filters.tsx';

type Group = Answer<typeof groupRisks>['items'][number];

const headers: Record<RiskGrouping, string> = {
  account: 'Account',
  rule: 'Rule',
  owner: 'Owner',
  level: 'Level of the account',
};

/** The register in groups, most money first; opening one lists its risks. */
export function RiskGroups({
  by,
  query,
  onOpen,
}: {
  by: RiskGrouping;
  query: RiskGroupQuery;
  onOpen: (narrowing: RiskNarrowing) => void;
}) {
  const { workspace } = useSignedIn();
  const { data, error, refetch } = useQuery(riskGroupsQuery({ ...query, by }));
  const columns = columnsOf(by, workspace.currency, onOpen);
  if (error) return <ErrorState {...errorText(error)} onRetry={() => void refetch()} />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">
      {by === 'level' && <p className="mb-3 max-w-prose text-xs text-muted">{levelRule}</p>}
      {data ? (
        <PlainTable
          label={`Risks by ${by}`}
          columns={columns}
          rows={data.items}
          rowId={(group) => String(group.key)}
          empty={<EmptyState icon={<ShieldCheck />} title="No risk matches" why="Change the filters to see others." />}
        />
      ) : (
        <PlainTableSkeleton columns={columns} />
      )}
      {data && data.left > 0 && (
        <p className="mt-2 text-xs text-muted">
          {countOf(data.left, 'group')} with less ARR {data.left === 1 ? 'is' : 'are'} not shown. Narrow the list to see
          them.
        </p>
      )}
    </div>
  );
}

function columnsOf(
  by: RiskGrouping,
  currency: string,
  onOpen: (narrowing: RiskNarrowing) => void,
): PlainColumn<Group>[] {
  const urgency = (level: 'critical' | 'high' | 'medium'): PlainColumn<Group> => ({
    ...{ id: level, header: level[0]!.toUpperCase() + level.slice(1), align: 'right', wideOnly: true },
    cell: ({ byUrgency }) => <Count of={byUrgency.find((one) => one.urgency === level)?.signals ?? 0} />,
  });
  return [
    {
      id: 'name',
      header: headers[by],
      className: 'max-w-56 sm:max-w-80',
      cell: (group) => (
        <button
          type="button"
          onClick={() => onOpen(narrowingOf(by, group.key))}
          title={nameOf(by, group)}
          className="block max-w-full truncate text-left font-medium hover:text-accent-text"
        >
          {by === 'level' ? <RiskLevelBadge level={group.key as RiskLevel} /> : nameOf(by, group)}
        </button>
      ),
    },
    {
      id: 'arr',
      header: 'ARR',
      align: 'right',
      cell: ({ arrMinor }) => <Money amountMinor={arrMinor} currency={currency} short />,
    },
    { id: 'signals', header: 'Risks', align: 'right', cell: ({ signals }) => formatNumber(signals) },
    ...(by === 'account'
      ? []
      : [
          {
            ...{ id: 'accounts', header: 'Accounts', align: 'right' as const, wideOnly: true },
            cell: ({ accounts }: Group) => formatNumber(accounts),
          },
        ]),
    {
      id: 'overdue',
      header: 'Overdue',
      align: 'right',
      cell: ({ overdue }) => (
        <span className={overdue > 0 ? 'text-critical' : undefined}>
          <Count of={overdue} />
        </span>
      ),
    },
    ...(['critical', 'high', 'medium'] as const).map(urgency),
  ];
}

function Count({ of }: { of: number }) {
  return of === 0 ? <span className="text-faint">0</span> : formatNumber(of);
}

function nameOf(by: RiskGrouping, { key, name }: Group): string {
  if (key === null) return 'Nobody';
  return name ?? (by === 'owner' ? 'Former member' : key);
}

function narrowingOf(by: RiskGrouping, key: string | null): RiskNarrowing {
  switch (by) {
    case 'account':
      return { accountId: Number(key) };
    case 'rule':
      return { rule: key ?? undefined };
    case 'owner':
      return { ownerId: Number(key ?? 0) };
    case 'level':
      return { level: key ?? undefined };
  }
}
