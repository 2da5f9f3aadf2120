import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { countOf, formatMoney, formatNumber, formatPercent } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { cx } from '#web/ui/cx.ts';
import type { FilterClause } from '#web/ui/filter-chips/types.ts';
import { Money } from '#web/ui/money.tsx';
import { HelpLabel, type NumberHelp } from '#web/ui/number-with-help.tsx';
import { Stat } from '#web/ui/page.tsx';
import type { Portfolio, Scope } from '../api/portfolio.ts';

export interface SumsProps {
  portfolio: Portfolio;
  scope: Scope;
  /** what the scope is in the account list */
  filters: readonly FilterClause[];
  /** undefined while the bands are loading */
  lowestBand: Band | undefined;
}

const renewalDays = 90;
const atHighRisk: FilterClause = { field: 'riskLevel', op: 'in', value: ['critical', 'high'] };
const renewing: FilterClause[] = [
  { field: 'daysToRenewal', op: 'gte', value: 0 },
  { field: 'daysToRenewal', op: 'lte', value: renewalDays },
];

/** The money at risk first: it is what this page is opened for. Each figure leads to what it counts. */
export function Sums({ portfolio, scope, filters, lowestBand }: SumsProps) {
  const { workspace } = useSignedIn();
  const { arrMinor, arrUnknown, arrAtRiskMinor, accounts, accountsAtRisk, openRisks, breached, renewals90d, asOf } =
    portfolio;
  const share = formatPercent(arrMinor > 0 ? arrAtRiskMinor / arrMinor : 0, { digits: 1 });
  // Of money that nobody knows the sum is not zero.
  const allUnknown = arrUnknown > 0 && arrUnknown === accounts;
  const money = (amount: number) => (
    <Money amountMinor={allUnknown ? null : amount} currency={workspace.currency} short />
  );
  const accountsOf = (...more: FilterClause[]) => ({ filters: [...filters, ...more] });
  const byRenewal = { sort: 'renewalDay', direction: 'asc' } as const;
  const low: FilterClause = { field: 'band', op: 'in', value: lowestBand === undefined ? [] : [lowestBand.key] };
  return (
    <div className="grid grid-cols-2 gap-x-10 gap-y-4 sm:flex sm:flex-wrap">
      <Figure
        lead
        label="ARR at high risk"
        help={{
          what: 'The ARR of accounts whose risk level is high or critical, each account once.',
          source: `${formatNumber(accountsAtRisk)} of ${countOf(accounts, 'account')}`,
          asOf,
          how: `${share} of ${formatMoney(arrMinor, workspace.currency)}`,
        }}
        to="/accounts"
        search={accountsOf(atHighRisk)}
        alarming={arrAtRiskMinor > 0}
        note={`${allUnknown ? '' : `${share} of all, `}${countOf(accountsAtRisk, 'account')}`}
      >
        {money(arrAtRiskMinor)}
      </Figure>
      <Figure
        label="ARR"
        help={{
          what: 'Annual recurring revenue of all customers: of their active subscriptions, in the workspace currency.',
          source: countOf(accounts, 'account'),
          asOf,
        }}
        to="/accounts"
        search={accountsOf()}
        note={
          arrUnknown === 0 ? (
            countOf(accounts, 'account')
          ) : (
            <Link to="/intake/findings" className="hover:underline">
              {countOf(accounts, 'account')}, ARR of {formatNumber(arrUnknown)} not known
            </Link>
          )
        }
      >
        {money(arrMinor)}
      </Figure>
      <Figure
        label={`Renewing in ${renewalDays} days`}
        help={{
          what: `ARR of the accounts whose next renewal falls within ${renewalDays} days, and how much of it lies in the lowest band${lowestBand ? `, ${lowestBand.name}` : ''}.`,
          source: countOf(renewals90d.accounts, 'account'),
          asOf,
        }}
        to="/accounts"
        search={{ ...accountsOf(...renewing), ...byRenewal }}
        note={
          <Link to="/accounts" search={{ ...accountsOf(...renewing, low), ...byRenewal }} className="hover:underline">
            {money(renewals90d.redArrMinor)} of it in {lowestBand?.name ?? 'the lowest band'}
          </Link>
        }
      >
        {money(renewals90d.arrMinor)}
      </Figure>
      <Figure
        label="Open risks"
        help={{
          what: 'Open risk signals. An account can have several: one for each rule that holds.',
          source: countOf(accounts, 'account'),
          asOf,
        }}
        to="/risks"
        search={scope}
        note={
          breached > 0 ? (
            <Link
              to="/risks"
              search={{ ...scope, breached: 'true' }}
              className="font-medium text-critical hover:underline"
            >
              {formatNumber(breached)} overdue
            </Link>
          ) : (
            'none overdue'
          )
        }
      >
        {formatNumber(openRisks)}
      </Figure>
    </div>
  );
}

interface FigureProps {
  label: string;
  help: NumberHelp;
  to: LinkProps['to'];
  search: LinkProps['search'];
  note: ReactNode;
  lead?: boolean;
  alarming?: boolean;
  children: ReactNode;
}

function Figure({ label, help, to, search, note, lead = false, alarming = false, children }: FigureProps) {
  return (
    <Stat
      lead={lead}
      label={<HelpLabel label={label} help={help} />}
      value={
        <Link
          to={to}
          search={search}
          className={cx('rounded-xs underline-offset-4 hover:underline', alarming && 'text-critical')}
        >
          {children}
        </Link>
      }
      note={note}
    />
  );
}
