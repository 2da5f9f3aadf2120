import type { Answer } from '#contracts/kit.ts';
import type { listRisks } from '#contracts/risk.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Money } from '#web/ui/money.tsx';
import { NumberWithHelp } from '#web/ui/number-with-help.tsx';
import { Stat } from '#web/ui/page.tsx';
import { type RiskLevel, RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';

/** The money at stake first, then what is late, then by urgency. */
export function RiskSums({ page }: { page: Answer<typeof listRisks> | undefined }) {
  const { workspace } = useSignedIn();
  if (!page) {
    return (
      <div className="flex h-18 gap-10">
        {['lead', 'overdue', 'critical', 'high', 'medium'].map((figure) => (
          <span key={figure} className="flex flex-col gap-2 pt-1">
            <Skeleton className="h-3 w-16" />
            <Skeleton className="h-7 w-20" />
          </span>
        ))}
      </div>
    );
  }
  return (
    <div className="grid grid-cols-2 gap-x-10 gap-y-3 sm:flex sm:flex-wrap">
      <Stat
        lead
        label="ARR at risk"
        value={
          <NumberWithHelp
            label="ARR at risk"
            help={{
              what: 'The ARR of the accounts that have one of these risk signals, each account once.',
              source: `${countOf(page.total, 'signal')} of ${countOf(page.accounts, 'account')}`,
              asOf: workspace.today,
            }}
          >
            <Money amountMinor={page.arrAtRiskMinor} currency={workspace.currency} short />
          </NumberWithHelp>
        }
        note={`${countOf(page.accounts, 'account')}, ${countOf(page.total, 'signal')}`}
      />
      <Stat
        label="Overdue"
        value={<span className={page.breached > 0 ? 'text-critical' : undefined}>{formatNumber(page.breached)}</span>}
        note="not answered in time"
      />
      {[...page.byUrgency].reverse().map((one) => (
        <Stat
          key={one.urgency}
          label={<RiskLevelBadge level={one.urgency as RiskLevel} />}
          value={formatNumber(one.signals)}
          note={<Money amountMinor={one.arrMinor} currency={workspace.currency} short />}
        />
      ))}
    </div>
  );
}
