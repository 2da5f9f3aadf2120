import type { Band } from '#core/health/scorecard.ts';
import { formatMoney, formatPercent } from '#web/lib/format.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { fillClass } from '#web/ui/badge.tsx';
import { cx } from '#web/ui/cx.ts';
import type { BandSum } from '../api/portfolio.ts';

export interface BandBarProps {
  sums: readonly BandSum[];
  bands: readonly Band[];
  currency: string;
  className?: string;
}

/** ARR by band as one bar, the worst first; the hatched end has no score. */
export function BandBar({ sums, bands, currency, className }: BandBarProps) {
  const all = sums.reduce((sum, one) => sum + one.arrMinor, 0);
  if (all <= 0) return <span className="text-xs text-faint">no ARR</span>;
  const order = [...bands].reverse().map((band) => band.key as string | null);
  const sorted = [...sums]
    .filter((one) => one.arrMinor > 0)
    .sort((a, b) => place(order, a.band) - place(order, b.band));
  const said = sorted.map((one) => `${lookOf(one.band, bands).name} ${formatPercent(one.arrMinor / all)}`).join(', ');
  return (
    <span
      role="img"
      aria-label={`ARR by band: ${said}`}
      className={cx('flex h-3 w-full gap-px overflow-hidden rounded-xs', className)}
    >
      {sorted.map((one) => {
        const { tone, name } = lookOf(one.band, bands);
        return (
          <span
            key={String(one.band)}
            title={`${name}: ${formatMoney(one.arrMinor, currency)}, ${one.accounts} accounts`}
            className={cx('h-full min-w-px', tone === 'none' ? 'hatched bg-none-soft' : fillClass[tone])}
            style={{ width: `${(one.arrMinor / all) * 100}%` }}
          />
        );
      })}
    </span>
  );
}

function place(order: readonly (string | null)[], band: string | null): number {
  const at = order.indexOf(band);
  return at < 0 ? order.length : at;
}
