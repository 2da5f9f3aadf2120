import { Link } from '@tanstack/react-router';
import type { RiskSignal } from '#contracts/risk.ts';
import type { TableCard } from '#web/ui/data-table/types.ts';
import { Money } from '#web/ui/money.tsx';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { whyOf } from '../words.ts';
import { RiskActions } from './risk-actions.tsx';
import { RespondBy } from './risk-status.tsx';

const height = 128;

/** A risk on a phone: what is the matter, with whom, how much is at stake, what to do by when. */
export function riskCard(currency: string): TableCard<RiskSignal> {
  return {
    height,
    // its own text must not make a row wider than the window: rows are as wide as what is in them
    draw: (risk) => (
      <div className="flex h-full flex-col justify-center gap-1 px-4 [contain:inline-size]">
        <div className="flex items-baseline justify-between gap-3">
          <Link
            to="/accounts/$accountId"
            params={{ accountId: String(risk.accountId) }}
            tabIndex={-1}
            className="min-w-0 truncate text-base font-semibold"
          >
            {risk.accountName}
          </Link>
          <span className="font-semibold">
            <Money amountMinor={risk.arrMinor} currency={currency} short />
          </span>
        </div>
        <div className="flex items-center justify-between gap-3 text-sm">
          <span className="min-w-0 truncate">{risk.title}</span>
          <RiskLevelBadge level={risk.urgency} />
        </div>
        <p className="truncate text-xs text-faint">{whyOf(risk)}</p>
        <div className="flex items-center justify-between gap-3 text-xs">
          <span className="min-w-0 truncate">
            <RespondBy risk={risk} />
          </span>
          <RiskActions risk={risk} />
        </div>
      </div>
    ),
  };
}
