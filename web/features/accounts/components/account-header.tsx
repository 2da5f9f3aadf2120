import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight, CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Account } from '#contracts/accounts.ts';
import type { Band } from '#core/health/scorecard.ts';
import { shownChange } from '#core/health/shown-parts.ts';
import { levelReason } from '#core/risk/level-reason.ts';
import { DisputeMark } from '#web/features/reconciliation/components/dispute-mark.tsx';
import { accountRisksQuery } from '#web/features/risks/api/risks.ts';
import { countOf, formatDate, formatPercent, formatPoints } from '#web/lib/format.ts';
import { useOwnerOptions } from '#web/lib/members.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { stageWords, tierWords } from '#web/lib/words.ts';
import { Badge } from '#web/ui/badge.tsx';
import { BandBadge } from '#web/ui/band-badge.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { Money, Unknown } from '#web/ui/money.tsx';
import { NumberWithHelp } from '#web/ui/number-with-help.tsx';
import { Stat } from '#web/ui/page.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { standingQuery } from '../api/get-standing.ts';
import { useUpdateAccount } from '../api/update-account.ts';

export interface AccountHeaderProps {
  account: Account;
  bands: readonly Band[];
  actions: React.ReactNode;
  /** the past day that the page looks at */
  asOf: string | undefined;
  /** shown in place of today’s figures and headlines when the page looks at a past day */
  past?: React.ReactNode;
  /** where a headline leads */
  onHeadline: (headline: Account['headlines'][number]) => void;
}

/** Who this is, how it stands, and what matters now. */
export function AccountHeader({ account, bands, actions, asOf, past, onHeadline }: AccountHeaderProps) {
  return (
    <header className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <p className="text-xs text-faint">
            <Link to="/accounts" className="hover:text-text">
              Accounts
            </Link>
          </p>
          <div className="flex items-center">
            <h1 className="text-xl font-semibold break-words">{account.name}</h1>
            {!asOf && <DisputeMark accountId={account.id} field="name" />}
          </div>
          <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
            {asOf ? (
              <PastStanding accountId={account.id} asOf={asOf} />
            ) : (
              <>
                {account.tier && <Badge>{tierWords[account.tier]}</Badge>}
                {account.stage && <Badge>{stageWords[account.stage]}</Badge>}
                {account.strategic && <Badge tone="accent">Strategic</Badge>}
                {account.tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
                <OwnerChoice account={account} />
                <DisputeMark accountId={account.id} field="owner" />
                <DisputeMark accountId={account.id} field="strategic" />
              </>
            )}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">{actions}</div>
      </div>
      {past ?? (
        <>
          <Figures account={account} bands={bands} />
          <Headlines headlines={account.headlines} onOpen={onHeadline} />
        </>
      )}
    </header>
  );
}

/** Tier, stage and owner of a past day; nothing where they are not known of it. */
function PastStanding({ accountId, asOf }: { accountId: number; asOf: string }) {
  const { data } = useQuery(standingQuery(accountId, asOf));
  if (!data) return null;
  return (
    <>
      {data.tier && <Badge>{tierWords[data.tier]}</Badge>}
      {data.stage && <Badge>{stageWords[data.stage]}</Badge>}
      <span className="text-xs text-muted">{data.ownerName ?? 'Owner not known of that day'}</span>
    </>
  );
}

function OwnerChoice({ account }: { account: Account }) {
  const { can } = useSignedIn();
  const owners = useOwnerOptions();
  const update = useUpdateAccount(account);
  const shown = account.ownerName ?? 'No owner';
  if (!can('accounts.write')) return <span className="text-xs text-muted">{shown}</span>;
  const assign = (ownerId: number | null, name: string) =>
    update.mutate({ change: { ownerId }, said: `Owner is now ${name}` });
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs text-muted hover:bg-hover hover:text-text"
        >
          {shown}
          <ChevronDown className="size-3" aria-hidden="true" />
          <span className="sr-only">, change owner</span>
        </button>
      }
      entries={[
        { heading: 'Owner' },
        ...owners.map((owner) => ({
          label: owner.label,
          checked: Number(owner.value) === account.ownerId,
          onSelect: () => assign(Number(owner.value), owner.label),
        })),
        null,
        { label: 'No owner', checked: account.ownerId === null, onSelect: () => assign(null, 'nobody') },
      ]}
    />
  );
}

const urgentDays = 60;

function Figures({ account, bands }: { account: Account; bands: readonly Band[] }) {
  const { workspace } = useSignedIn();
  const look = lookOf(account.band, bands);
  const uncertain = account.state === 'scored' && (account.coverage ?? 0) < 1;
  const known = account.coverage === null ? 'nothing yet' : formatPercent(account.coverage);
  const { score, change30d } = account;
  const moved = score === null || change30d === null ? null : shownChange(score - change30d, score);
  return (
    <div className="grid grid-cols-2 gap-x-8 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-6 xl:gap-x-8">
      <Stat
        label={account.overridden ? 'Health, set by hand' : 'Health'}
        value={
          <NumberWithHelp
            label="health"
            uncertain={uncertain}
            help={{
              what: 'The score of the primary scorecard, from 0 to 100, and its band.',
              source: `${known} of the scorecard’s weight has data`,
              asOf: account.asOf,
              how:
                account.change30d === null
                  ? 'no score 30 days ago to compare with'
                  : `${formatPoints(moved ?? 0)} points over 30 days; the parts are below`,
            }}
          >
            <span className="inline-flex items-center gap-2">
              {account.state === 'scored' && account.score !== null ? scoreText(account.score, bands) : '–'}
              <BandBadge tone={look.tone} name={account.state === null ? 'Not computed yet' : look.name} />
            </span>
          </NumberWithHelp>
        }
        note={moved !== null && <Moved points={moved} />}
      />
      <RiskFigure account={account} />
      <Stat
        label="ARR"
        value={
          <>
            <NumberWithHelp
              label="ARR"
              help={{
                what: 'Annual recurring revenue of all active contract lines, or what a source states where that is trusted more; in the workspace’s currency.',
                source: 'contract lines at the exchange rate of the day, and what sources state',
                asOf: account.asOf,
              }}
            >
              <Money amountMinor={account.arrMinor} currency={workspace.currency} />
            </NumberWithHelp>
            <DisputeMark accountId={account.id} field="arr" />
          </>
        }
      />
      <Renewal account={account} />
      <Stat
        label="Active users"
        value={
          <NumberWithHelp
            label="active users"
            help={{
              what: 'Different people of the account who did anything in the product in the last 30 days.',
              source: account.seats === null ? 'product events' : 'product events; seats from subscriptions',
              asOf: account.asOf,
            }}
          >
            {account.activeUsers === null ? <span className="text-faint">–</span> : account.activeUsers}
          </NumberWithHelp>
        }
        note={account.seats === null ? 'in 30 days' : `of ${countOf(account.seats, 'seat')}, in 30 days`}
      />
      <Stat
        label="Last active"
        value={
          <NumberWithHelp
            label="last active"
            help={{
              what: 'The last day on which anybody of the account did anything in the product.',
              source: 'product events',
              asOf: account.asOf,
            }}
          >
            <DateText value={account.lastActiveDay} />
          </NumberWithHelp>
        }
      />
    </div>
  );
}

/** The risk level with the rule that made it. */
function RiskFigure({ account }: { account: Account }) {
  const { data } = useQuery(accountRisksQuery(account.id));
  const open = (data?.items ?? []).map(({ urgency }) => ({ urgency, phase: 'open' as const }));
  return (
    <Stat
      label="Risk"
      value={
        <NumberWithHelp
          label="risk level"
          help={{
            what: 'None, medium, high or critical, from the open risks of the account together.',
            source: data ? levelReason(open) : countOf(account.openRisks, 'open risk'),
            asOf: account.asOf,
          }}
        >
          <span className="inline-flex h-7 items-center">
            <RiskLevelBadge level={account.riskLevel} className="!text-sm" />
          </span>
        </NumberWithHelp>
      }
      note={account.openRisks > 0 ? `${account.openRisks} open` : 'no open risks'}
    />
  );
}

function Renewal({ account: { renewalDay, daysToRenewal, asOf } }: { account: Account }) {
  const near = daysToRenewal !== null && daysToRenewal <= urgentDays && 'text-warning';
  return (
    <Stat
      label="Renewal"
      value={
        <NumberWithHelp
          label="renewal"
          help={{
            what: 'The next day on which a running subscription renews or ends.',
            source: 'renewal days of subscriptions; where none is given, their ends and terms',
            asOf,
          }}
        >
          {renewalDay === null ? <Unknown why="No renewal day is known" /> : formatDate(renewalDay)}
        </NumberWithHelp>
      }
      note={daysToRenewal !== null && <span className={cx('font-medium', near)}>{inDays(daysToRenewal)}</span>}
    />
  );
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days > 0 ? `in ${countOf(days, 'day')}` : `${countOf(-days, 'day')} ago`;
}

function Moved({ points }: { points: number }) {
  const tone = points > 0.05 ? 'text-good' : points < -0.05 ? 'text-critical' : 'text-faint';
  return (
    <>
      <span className={cx('tnum font-medium', tone)}>{formatPoints(points)}</span> in 30 days
    </>
  );
}

const tones = {
  bad: { icon: CircleAlert, className: 'text-critical' },
  warn: { icon: TriangleAlert, className: 'text-warning' },
  good: { icon: CircleCheck, className: 'text-good' },
  neutral: { icon: Info, className: 'text-faint' },
};

interface HeadlinesProps {
  headlines: Account['headlines'];
  onOpen: AccountHeaderProps['onHeadline'];
}

/** What matters now, the most important first and larger; each line leads to what it speaks of. */
function Headlines({ headlines, onOpen }: HeadlinesProps) {
  if (headlines.length === 0) return null;
  return (
    <section aria-label="What matters now" className="rounded-lg border border-line bg-sunken px-2 py-2">
      <ul className="flex flex-col">
        {headlines.map((headline, index) => {
          const { icon: Icon, className } = tones[headline.tone];
          return (
            <li key={headline.text}>
              <button
                type="button"
                onClick={() => onOpen(headline)}
                className="group flex w-full items-start gap-2.5 rounded-sm px-2 py-1 text-left hover:bg-hover"
              >
                <Icon className={cx('mt-0.5 size-4 shrink-0', className)} aria-hidden="true" />
                <span className={index === 0 ? 'font-semibold text-text' : 'text-sm text-muted'}>{headline.text}</span>
                <ChevronRight
                  aria-hidden="true"
                  className="mt-0.5 size-4 shrink-0 text-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
                />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
