import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { formatNumber, formatPercent } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import type { FilterClause } from '#web/ui/filter-chips/types.ts';
import { Money } from '#web/ui/money.tsx';
import { Section } from '#web/ui/page.tsx';
import type { BandSum } from '../api/portfolio.ts';
import { BandBar } from './band-bar.tsx';

export interface GroupRow {
  key: string;
  name: string;
  accounts: number;
  arrMinor: number;
  arrAtRiskMinor: number;
  bands: readonly BandSum[];
  /** leads to these accounts */
  filter: FilterClause;
}

/** The book by owner or by tier: money, money at risk, bands. */
export function ByGroup({ title, rows, bands }: { title: string; rows: readonly GroupRow[]; bands: readonly Band[] }) {
  const { workspace } = useSignedIn();
  const shown = rows
    .filter((row) => row.accounts > 0)
    .sort((a, b) => b.arrAtRiskMinor - a.arrAtRiskMinor || b.arrMinor - a.arrMinor);
  return (
    <Section title={title}>
      <div className="-mx-4 overflow-x-auto px-4">
        <table className="w-full min-w-lg text-sm">
          <thead>
            <tr className="text-left text-xs text-faint">
              <Head>Name</Head>
              <Head right>Accounts</Head>
              <Head right>ARR</Head>
              <Head right>
                <span className="help-dots" title="ARR of accounts whose risk level is high or critical, and its share">
                  At high risk
                </span>
              </Head>
              <Head className="w-[34%]">ARR by band</Head>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.key} className="border-t border-line hover:bg-hover">
                <td className="max-w-48 truncate py-1.5 pr-3 font-medium">
                  <Link to="/accounts" search={{ filters: [row.filter] }} className="hover:text-accent-text">
                    {row.name}
                  </Link>
                </td>
                <td className="tnum py-1.5 pr-3 text-right text-muted">{formatNumber(row.accounts)}</td>
                <td className="py-1.5 pr-3 text-right">
                  <Money amountMinor={row.arrMinor} currency={workspace.currency} short />
                </td>
                <td className="py-1.5 pr-4 text-right whitespace-nowrap">
                  <Money amountMinor={row.arrAtRiskMinor} currency={workspace.currency} short />
                  <span className="tnum ml-1.5 inline-block w-8 text-xs text-faint">
                    {row.arrMinor > 0 ? formatPercent(row.arrAtRiskMinor / row.arrMinor) : ''}
                  </span>
                </td>
                <td className="py-1.5">
                  <BandBar sums={row.bands} bands={bands} currency={workspace.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p className="text-sm text-muted">No accounts.</p>}
    </Section>
  );
}

function Head({ children, right, className }: { children: ReactNode; right?: boolean; className?: string }) {
  return (
    <th scope="col" className={`pr-3 pb-1.5 font-medium ${right ? 'text-right' : ''} ${className ?? ''}`}>
      {children}
    </th>
  );
}
