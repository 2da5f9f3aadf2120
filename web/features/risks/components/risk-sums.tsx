import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Answer } from '#contracts/kit.ts';
import type { listRisks } from '#contracts/risk.ts';
import type { RiskSearch } from '#web/app/routes/risks-search.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { cx } from '#web/ui/cx.ts';
import { Money } from '#web/ui/money.tsx';
import { HelpLabel, type NumberHelp } from '#web/ui/number-with-help.tsx';
import { Stat } from '#web/ui/page.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { levelRule, urgencyWords } from '../words.ts';

type Page = Answer<typeof listRisks>;

/** The money first, then what is late, then the risks by urgency. Each figure says what it counts and leads to it. */
export function RiskSums({ page, search }: { page: Page | undefined; search: RiskSearch }) {
  const { workspace } = useSignedIn();
  if (!page) return <SumsSkeleton />;
  const asOf = workspace.today;
  const money = (amount: number) => <Money amountMinor={amount} currency={workspace.currency} short />;
  const { accounts, arrAtRiskMinor, atHighRisk, overdue, byUrgency, total } = page;
  const counted = `${countOf(accounts, 'account')}, ${countOf(total, 'signal')}`;
  return (
    <div className="grid grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:flex-wrap sm:gap-x-9">
      <Figure
        lead
        label={arrLabels[search.status ?? 'open']}
        help={{
          what: 'The ARR of the accounts that have at least one of the risks listed here, each account once, whatever the urgency.',
          source: counted,
          asOf,
        }}
        leadsTo={{ group: 'account' }}
        note={counted}
      >
        {money(arrAtRiskMinor)}
      </Figure>
      <Figure
        label="Of it at high risk"
        help={{
          what: `The part that belongs to accounts whose own level is high or critical: the “ARR at high risk” of the portfolio, as far as it is listed here. ${levelRule}`,
          source: countOf(atHighRisk.accounts, 'account'),
          asOf,
        }}
        leadsTo={{ group: 'account', level: 'high,critical' }}
        note={countOf(atHighRisk.accounts, 'account')}
      >
        {money(atHighRisk.arrMinor)}
      </Figure>
      <Figure
        label="Overdue"
        help={{
          what: 'Open risks whose time to respond has passed and that nobody has answered yet. Snoozed ones wait.',
          source: countOf(total, 'signal'),
          asOf,
        }}
        leadsTo={{ status: search.status === 'overdue' ? undefined : 'overdue' }}
        alarming={overdue > 0}
        note={overdue > 0 ? 'not answered yet' : 'all in time'}
      >
        {formatNumber(overdue)}
      </Figure>
      {[...byUrgency].reverse().map(({ urgency, signals, accounts: having, arrMinor }) => (
        <Figure
          key={urgency}
          label={`${urgencyWords[urgency]} risks`}
          help={{
            what: `Risks of ${urgency} urgency, which their rule says. It is not the level of their account: ${levelRule[0]!.toLowerCase()}${levelRule.slice(1)}`,
            source: countOf(having, 'account'),
            asOf,
          }}
          leadsTo={{ urgency: search.urgency === urgency ? undefined : urgency }}
          note={
            <span title={`The ARR of the ${countOf(having, 'account')} that have them, each once`}>
              {money(arrMinor)} in {formatNumber(having)}
              <span className="hidden xl:inline"> {having === 1 ? 'account' : 'accounts'}</span>
            </span>
          }
        >
          {formatNumber(signals)}
        </Figure>
      ))}
    </div>
  );
}

const arrLabels = {
  ...{ open: 'ARR with open risks', new: 'ARR with these risks', acknowledged: 'ARR with these risks' },
  ...{
    snoozed: 'ARR with these risks',
    overdue: 'ARR with these risks',
    closed: 'ARR of these accounts',
    all: 'ARR of these accounts',
  },
};

interface FigureProps {
  label: string;
  help: NumberHelp;
  leadsTo: Partial<RiskSearch>;
  note: ReactNode;
  lead?: boolean;
  alarming?: boolean;
  children: ReactNode;
}

function Figure({ label, help, leadsTo, note, lead = false, alarming = false, children }: FigureProps) {
  return (
    <Stat
      lead={lead}
      label={<HelpLabel label={label} help={help} />}
      value={
        <Link
          from="/risks"
          to="."
          search={(old) => ({ ...old, ...leadsTo })}
          className={cx('rounded-xs underline-offset-4 hover:underline', alarming && 'text-critical')}
        >
          {children}
        </Link>
      }
      note={note}
    />
  );
}

function SumsSkeleton() {
  return (
    <div className="grid h-18 grid-cols-3 gap-x-4 sm:flex sm:gap-x-9">
      {['arr', 'high', 'overdue', 'critical', 'important', 'medium'].map((figure) => (
        <span key={figure} className="flex flex-col gap-2 pt-1">
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-7 w-20" />
        </span>
      ))}
    </div>
  );
}
