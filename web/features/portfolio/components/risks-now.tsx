import { Link } from '@tanstack/react-router';
import { formatPercent } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import type { FilterClause } from '#web/ui/filter-chips/types.ts';
import { Money } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import type { Portfolio } from '../api/portfolio.ts';
import { AccountCount } from './account-count.tsx';
import { lineClass } from './line-class.ts';

/** The book by risk level, the highest first; each level leads to its accounts. */
export function RisksNow({ portfolio, filters }: { portfolio: Portfolio; filters: readonly FilterClause[] }) {
  const { workspace } = useSignedIn();
  const all = portfolio.arrMinor || 1;
  return (
    <ul>
      {[...portfolio.byRiskLevel].reverse().map(({ level, accounts, arrMinor }) => (
        <li key={level}>
          <Link
            to="/accounts"
            search={{ filters: [...filters, { field: 'riskLevel', op: 'in', value: [level] }] }}
            className={lineClass}
          >
            <span className="flex min-w-0 items-center gap-2">
              <span className="min-w-19">
                <RiskLevelBadge flush level={level} />
              </span>
              <AccountCount count={accounts} />
            </span>
            <Money amountMinor={arrMinor} currency={workspace.currency} short />
            <span className="tnum text-right text-xs text-faint">{formatPercent(arrMinor / all)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
