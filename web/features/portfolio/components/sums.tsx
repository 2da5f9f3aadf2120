import { Link } from '@tanstack/react-router';
import { formatMoney, formatNumber, formatPercent } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Money } from '#web/ui/money.tsx';
import { NumberWithHelp } from '#web/ui/number-with-help.tsx';
import { Stat } from '#web/ui/page.tsx';
import type { Portfolio } from '../api/portfolio.ts';

/** The money at risk first: it is what this page is opened for. */
export function Sums({ portfolio }: { portfolio: Portfolio }) {
  const { workspace } = useSignedIn();
  const { arrMinor, arrAtRiskMinor, accounts, accountsAtRisk, openRisks, breached, renewals90d, asOf } = portfolio;
  const share = arrMinor > 0 ? arrAtRiskMinor / arrMinor : 0;
  const money = (amount: number) => <Money amountMinor={amount} currency={workspace.currency} short />;
  return (
    <div className="grid grid-cols-2 gap-x-10 gap-y-4 sm:flex sm:flex-wrap">
      <Stat
        lead
        label="ARR at high risk"
        value={
          <NumberWithHelp
            label="ARR at high risk"
            help={{
              what: 'The ARR of accounts whose risk level is high or critical, each account once.',
              source: `${formatNumber(accountsAtRisk)} of ${formatNumber(accounts)} accounts`,
              asOf,
              how: `${formatPercent(share, { digits: 1 })} of ${formatMoney(arrMinor, workspace.currency)}`,
            }}
          >
            <span className={arrAtRiskMinor > 0 ? 'text-critical' : undefined}>{money(arrAtRiskMinor)}</span>
          </NumberWithHelp>
        }
        note={`${formatPercent(share, { digits: 1 })} of all, ${formatNumber(accountsAtRisk)} accounts`}
      />
      <Stat label="ARR" value={money(arrMinor)} note={`${formatNumber(accounts)} accounts`} />
      <Stat
        label="Renewing in 90 days"
        value={
          <NumberWithHelp
            label="renewals"
            help={{
              what: 'ARR of the accounts whose next renewal falls within 90 days, and how much of it lies in the lowest band.',
              source: `${formatNumber(renewals90d.accounts)} accounts`,
              asOf,
            }}
          >
            {money(renewals90d.arrMinor)}
          </NumberWithHelp>
        }
        note={<>{money(renewals90d.redArrMinor)} of it in the lowest band</>}
      />
      <Stat
        label="Open risks"
        value={
          <Link to="/risks" className="hover:text-accent-text">
            {formatNumber(openRisks)}
          </Link>
        }
        note={
          breached > 0 ? (
            <Link to="/risks" search={{ breached: 'true' }} className="font-medium text-critical hover:underline">
              {formatNumber(breached)} overdue
            </Link>
          ) : (
            'none overdue'
          )
        }
      />
    </div>
  );
}
