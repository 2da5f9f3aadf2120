import { Link } from '@tanstack/react-router';
import type { AccountRow } from '#contracts/accounts.ts';
import type { Band } from '#core/health/scorecard.ts';
import { formatNumber, formatPercent, formatPoints } from '#web/lib/format.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { stageWords, tierWords } from '#web/lib/words.ts';
import { Badge } from '#web/ui/badge.tsx';
import { BandScore } from '#web/ui/band-badge.tsx';
import { cx } from '#web/ui/cx.ts';
import type { DataColumn } from '#web/ui/data-table/types.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Money, Unknown } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { Sparkline } from '#web/ui/sparkline.tsx';
import { healthName, isRenewalNear } from './account-words.ts';

/** The columns of the account list; the first is sticky. */
export function accountColumns(bands: readonly Band[], currency: string): DataColumn<AccountRow>[] {
  return [
    {
      id: 'name',
      header: 'Account',
      help: 'The customer. Press it for why it stands as it does',
      width: 220,
      sortable: true,
      cell: (row) => (
        <Link
          to="/accounts/$accountId"
          params={{ accountId: String(row.id) }}
          tabIndex={-1}
          className="truncate hover:text-accent-text"
          title={row.name}
        >
          {row.name}
        </Link>
      ),
    },
    {
      id: 'score',
      header: 'Health',
      help: 'Score of the primary scorecard, 0 to 100, rounded. A dash: not enough data for a score.',
      width: 144,
      sortable: true,
      skeleton: 'badge',
      cell: (row) => <Health row={row} bands={bands} />,
    },
    {
      id: 'change30d',
      header: 'Trend, 30 days',
      help: 'Daily scores of the last 30 days and the change over them, in points',
      width: 140,
      sortable: true,
      skeleton: 'spark',
      cell: (row) => <Trend row={row} bands={bands} />,
    },
    {
      id: 'riskLevel',
      header: 'Risk',
      help: 'Level that the open risk signals add up to, and how many are open. No signals is no risk',
      width: 118,
      sortable: true,
      firstSort: 'desc',
      skeleton: 'badge',
      cell: (row) => (
        <span className="flex items-center gap-1.5">
          <RiskLevelBadge flush level={row.riskLevel} />
          {row.openRisks > 0 && <span className="tnum text-xs text-faint">{row.openRisks}</span>}
        </span>
      ),
    },
    {
      id: 'arrMinor',
      header: 'ARR',
      help: 'Annual recurring revenue of active subscriptions, in the workspace currency. A dash: not known',
      width: 96,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      cell: (row) => <Money amountMinor={row.arrMinor} currency={currency} short />,
    },
    {
      id: 'renewalDay',
      header: 'Renewal',
      help: 'The next day on which a subscription ends or renews; marked from 60 days before',
      width: 112,
      sortable: true,
      cell: (row) => (
        <DateText value={row.renewalDay} className={cx(isRenewalNear(row) && 'font-medium text-warning')} />
      ),
    },
    {
      id: 'ownerName',
      header: 'Owner',
      help: 'The member who answers for the account',
      width: 140,
      sortable: true,
      cell: (row) => <Text value={row.ownerName} why="Nobody owns it" />,
    },
    {
      id: 'tier',
      header: 'Tier',
      help: 'Size class: set by hand, by a file or by your CRM',
      width: 104,
      sortable: true,
      cell: (row) => <Text value={row.tier && tierWords[row.tier]} />,
    },
    {
      id: 'stage',
      header: 'Stage',
      help: 'Where the customer is on the way: acquire, onboard, adopt, value, renew, expand; or churned',
      width: 96,
      sortable: true,
      skeleton: 'badge',
      cell: (row) => (row.stage ? <Badge>{stageWords[row.stage]}</Badge> : <Unknown />),
    },
    {
      id: 'lastActiveDay',
      header: 'Last active',
      help: 'The last day with an event of any of its people',
      width: 120,
      sortable: true,
      firstSort: 'desc',
      cell: (row) => <DateText value={row.lastActiveDay} />,
    },
    {
      id: 'activeUsers',
      header: 'Active users',
      help: 'People with an event in the last 30 days',
      width: 110,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      cell: (row) => <Numeral value={row.activeUsers} />,
    },
    {
      id: 'seats',
      header: 'Seats',
      help: 'Seats bought in active subscriptions',
      width: 80,
      align: 'right',
      sortable: true,
      firstSort: 'desc',
      skeleton: 'number',
      hiddenAtFirst: true,
      cell: (row) => <Numeral value={row.seats} />,
    },
    {
      id: 'coverage',
      header: 'Coverage',
      help: 'How much of the scorecard’s weight had its signals',
      width: 96,
      align: 'right',
      sortable: true,
      skeleton: 'number',
      hiddenAtFirst: true,
      cell: (row) => (row.coverage === null ? <Unknown /> : formatPercent(row.coverage)),
    },
    {
      id: 'change7d',
      header: 'Change, 7 days',
      help: 'Change of the score over 7 days, in points',
      width: 118,
      align: 'right',
      sortable: true,
      skeleton: 'number',
      hiddenAtFirst: true,
      cell: (row) => <Change points={row.change7d} />,
    },
    {
      id: 'tags',
      header: 'Tags',
      width: 180,
      hiddenAtFirst: true,
      cell: (row) => (
        <span className="flex gap-1 overflow-hidden">
          {row.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'industry',
      header: 'Industry',
      width: 140,
      hiddenAtFirst: true,
      cell: (row) => <Text value={row.industry} />,
    },
    { id: 'country', header: 'Country', width: 120, hiddenAtFirst: true, cell: (row) => <Text value={row.country} /> },
  ];
}

function Health({ row, bands }: { row: AccountRow; bands: readonly Band[] }) {
  return (
    <BandScore tone={lookOf(row.band, bands).tone} name={healthName(row, bands)} score={row.score} bands={bands} />
  );
}

function Trend({ row, bands }: { row: AccountRow; bands: readonly Band[] }) {
  if (row.spark.every((score) => score === null)) return <Unknown why="No score in the last 30 days" />;
  return (
    <span className="flex items-center gap-2">
      <Sparkline
        values={row.spark}
        label="Health over 30 days"
        leastSpan={20}
        width={64}
        tone={lookOf(row.band, bands).tone}
      />
      <Change points={row.change30d} />
    </span>
  );
}

const noticeable = 0.05;

function Change({ points }: { points: number | null }) {
  if (points === null) return <Unknown why="No score at both ends" />;
  const tone = points >= noticeable ? 'text-good' : points <= -noticeable ? 'text-critical' : 'text-faint';
  return <span className={cx('tnum text-xs', tone)}>{formatPoints(points)}</span>;
}

function Text({ value, why }: { value: string | null; why?: string }) {
  return value ? (
    <span className="truncate" title={value}>
      {value}
    </span>
  ) : (
    <Unknown {...(why && { why })} />
  );
}

function Numeral({ value }: { value: number | null }) {
  return value === null ? <Unknown /> : formatNumber(value, { digits: 0 });
}
