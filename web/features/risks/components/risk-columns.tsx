import { Link } from '@tanstack/react-router';
import type { RiskSignal } from '#contracts/risk.ts';
import { countOf, formatDateTime } from '#web/lib/format.ts';
import { useNow } from '#web/lib/now.ts';
import type { DataColumn, Density } from '#web/ui/data-table/types.ts';
import { Money, Unknown } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { whyOf } from '../words.ts';
import { RiskActions } from './risk-actions.tsx';
import { RespondBy, RiskStatus } from './risk-status.tsx';

/**
 * The columns of the risk register; the first is sticky. Together they fit beside the navigation at 1440 px, and what somebody
 * acts by stands before what they may want to know.
 */
export function riskColumns(currency: string, density: Density): DataColumn<RiskSignal>[] {
  return [
    {
      id: 'accountName',
      header: 'Account',
      width: 172,
      sortable: true,
      cell: (risk) => (
        <Link
          to="/accounts/$accountId"
          params={{ accountId: String(risk.accountId) }}
          tabIndex={-1}
          title={risk.accountName}
          className="truncate hover:text-accent-text"
        >
          {risk.accountName}
        </Link>
      ),
    },
    {
      id: 'urgency',
      header: 'Urgency',
      width: 94,
      sortable: true,
      firstSort: 'desc',
      skeleton: 'badge',
      cell: (risk) => <RiskLevelBadge flush level={risk.urgency} />,
    },
    {
      id: 'title',
      header: 'Risk, why, and what to do',
      width: 238,
      cell: (risk) => (
        <span className="min-w-0 leading-tight" title={`${risk.title}. ${whyOf(risk)}`}>
          <span className="block truncate">{risk.title}</span>
          {density === 'roomy' && <span className="block truncate text-xs text-faint">{whyOf(risk)}</span>}
        </span>
      ),
    },
    {
      id: 'arrMinor',
      header: 'ARR',
      help: 'Of the account. Sums count each account once.',
      width: 84,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      cell: (risk) => <Money amountMinor={risk.arrMinor} currency={currency} short />,
    },
    {
      id: 'respondBy',
      header: 'Respond by',
      help: 'When somebody must have answered',
      width: 144,
      sortable: true,
      firstSort: 'asc',
      cell: (risk) => <RespondBy short risk={risk} />,
    },
    { id: 'act', header: 'Next step', width: 156, cell: (risk) => <RiskActions risk={risk} /> },
    {
      id: 'ownerName',
      header: 'Owner',
      width: 126,
      cell: (risk) =>
        risk.ownerName === null ? (
          <Unknown why="Nobody owns the account" />
        ) : (
          <span className="truncate" title={risk.ownerName}>
            {risk.ownerName}
          </span>
        ),
    },
    { id: 'status', header: 'Status', width: 118, skeleton: 'badge', cell: (risk) => <RiskStatus risk={risk} /> },
    {
      id: 'openedAt',
      header: 'Age',
      help: 'How long it has been open, or was until it ended',
      width: 82,
      align: 'right',
      sortable: true,
      firstSort: 'asc',
      cell: (risk) => <Age risk={risk} />,
    },
  ];
}

const dayMs = 86_400_000;

function Age({ risk: { openedAt, resolvedAt } }: { risk: RiskSignal }) {
  const now = useNow();
  const end = resolvedAt === null ? now : Date.parse(resolvedAt);
  const days = Math.floor((end - Date.parse(openedAt)) / dayMs);
  return <span title={`Opened ${formatDateTime(openedAt)}`}>{days < 1 ? '< 1 day' : countOf(days, 'day')}</span>;
}
