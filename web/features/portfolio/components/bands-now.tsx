import { Link } from '@tanstack/react-router';
import type { Band } from '#core/health/scorecard.ts';
import { formatPercent } from '#web/lib/format.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { BandShape } from '#web/ui/band-badge.tsx';
import type { FilterClause } from '#web/ui/filter-chips/types.ts';
import { Money } from '#web/ui/money.tsx';
import { Section } from '#web/ui/page.tsx';
import type { Portfolio } from '../api/portfolio.ts';
import { AccountCount } from './account-count.tsx';
import { BandBar } from './band-bar.tsx';
import { lineClass } from './line-class.ts';
import { RisksNow } from './risks-now.tsx';

/** How the book stands now; each band leads to its accounts. */
export function BandsNow({
  portfolio,
  bands,
  filters,
}: {
  portfolio: Portfolio;
  bands: readonly Band[];
  filters: FilterClause[];
}) {
  const { workspace } = useSignedIn();
  const order = [...bands].reverse().map((band) => band.key);
  const sums = [...portfolio.bands].sort(
    (a, b) => ((order.indexOf(a.band ?? '') + 99) % 99) - ((order.indexOf(b.band ?? '') + 99) % 99),
  );
  const all = portfolio.arrMinor || 1;
  return (
    <Section title="Health of the book" note="ARR by band">
      <BandBar sums={portfolio.bands} bands={bands} currency={workspace.currency} className="!h-6" />
      <ul className="mt-3 flex flex-col">
        {sums.map((one) => {
          const { tone, name } = lookOf(one.band, bands);
          const clause: FilterClause = one.band
            ? { field: 'band', op: 'in', value: [one.band] }
            : { field: 'band', op: 'missing' };
          return (
            <li key={String(one.band)}>
              <Link to="/accounts" search={{ filters: [...filters, clause] }} className={lineClass}>
                <span className="flex min-w-0 items-center gap-2">
                  <BandShape tone={tone} />
                  <span className="min-w-26 truncate font-medium" title={name}>
                    {name}
                  </span>
                  <AccountCount count={one.accounts} />
                </span>
                <Money amountMinor={one.arrMinor} currency={workspace.currency} short />
                <span className="tnum text-right text-xs text-faint">{formatPercent(one.arrMinor / all)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <h3 className="mt-3 mb-1 border-t border-line pt-3 text-xs text-faint">ARR by risk level</h3>
      <RisksNow portfolio={portfolio} filters={filters} />
    </Section>
  );
}
