import { Link } from '@tanstack/react-router';
import type { RiskSignal } from '#contracts/risk.ts';
import type { DataColumn } from '#web/ui/data-table/types.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Money, Unknown } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { RiskActions } from './risk-actions.tsx';
import { RespondBy, RiskStatus } from './risk-status.tsx';

/** The columns of the risk register; the first is sticky. */
export function riskColumns(currency: string): DataColumn<RiskSignal>[] {
  return [
    {
      id: 'accountName',
      header: 'Account',
      width: 220,
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
      width: 112,
      sortable: true,
      firstSort: 'desc',
      skeleton: 'badge',
      cell: (risk) => <RiskLevelBadge flush level={risk.urgency} />,
    },
    {
      id: 'title',
      header: 'Risk and what to do',
      width: 270,
      cell: (risk) => (
        <span className="min-w-0 truncate" title={`${risk.title}: ${risk.recommendedAction}`}>
          {risk.title} <span className="text-faint">{risk.recommendedAction}</span>
        </span>
      ),
    },
    {
      id: 'respondBy',
      header: 'Respond by',
      help: 'When somebody must have answered; overdue ones escalate to the leader',
      width: 190,
      sortable: true,
      cell: (risk) => <RespondBy risk={risk} />,
    },
    { id: 'act', header: 'Next step', width: 150, cell: (risk) => <RiskActions risk={risk} /> },
    {
      id: 'arrMinor',
      header: 'ARR',
      help: 'Of the account. Sums count each account once.',
      width: 96,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      cell: (risk) => <Money amountMinor={risk.arrMinor} currency={currency} short />,
    },
    {
      id: 'ownerName',
      header: 'Owner',
      width: 150,
      cell: (risk) => risk.ownerName ?? <Unknown why="Nobody owns the account" />,
    },
    { id: 'status', header: 'Status', width: 120, skeleton: 'badge', cell: (risk) => <RiskStatus risk={risk} /> },
    {
      id: 'openedAt',
      header: 'Opened',
      width: 120,
      sortable: true,
      firstSort: 'desc',
      cell: (risk) => <DateText value={risk.openedAt} />,
    },
  ];
}
