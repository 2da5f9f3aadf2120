import { Link } from '@tanstack/react-router';
import type { AccountRow } from '#contracts/accounts.ts';
import type { Band } from '#core/health/scorecard.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { BandScore } from '#web/ui/band-badge.tsx';
import { cx } from '#web/ui/cx.ts';
import type { TableCard } from '#web/ui/data-table/types.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { healthName, isRenewalNear } from './account-words.ts';

const height = 96;

/** An account on a phone: who, how it stands, how much, when, and whose. */
export function accountCard(bands: readonly Band[], currency: string): TableCard<AccountRow> {
  return {
    height,
    draw: (row) => (
      <div className="flex h-full flex-col justify-center gap-1.5 px-4">
        <div className="flex items-baseline justify-between gap-3">
          <Link
            to="/accounts/$accountId"
            params={{ accountId: String(row.id) }}
            tabIndex={-1}
            className="min-w-0 truncate text-base font-semibold"
          >
            {row.name}
          </Link>
          <span className="font-semibold">
            <Money amountMinor={row.arrMinor} currency={currency} short />
          </span>
        </div>
        <div className="flex items-center justify-between gap-3 text-sm">
          <BandScore
            tone={lookOf(row.band, bands).tone}
            name={healthName(row, bands)}
            score={row.score}
            bands={bands}
          />
          {row.riskLevel !== 'none' && <RiskLevelBadge level={row.riskLevel} />}
        </div>
        <div className="flex items-baseline justify-between gap-3 text-xs text-muted">
          <span className="min-w-0 truncate">{row.ownerName ?? 'No owner'}</span>
          {row.renewalDay !== null && (
            <span className={cx('whitespace-nowrap', isRenewalNear(row) && 'font-medium text-warning')}>
              renews <DateText value={row.renewalDay} />
            </span>
          )}
        </div>
      </div>
    ),
  };
}
