import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { RiskSignal } from '#contracts/risk.ts';
import { mostUrgentFirst } from '#core/risk/most-urgent.ts';
import { errorText } from '#web/lib/errors.ts';
import { RiskLevelBadge } from '#web/ui/risk-level-badge.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { accountRisksQuery } from '../api/risks.ts';
import { RiskActions } from './risk-actions.tsx';
import { RespondBy } from './risk-status.tsx';

/** The open risks of an account, the most urgent first, each with its next step. */
export function AccountRisks({ accountId, onOpen }: { accountId: number; onOpen: (id: number) => void }) {
  const { data, error, refetch } = useQuery(accountRisksQuery(accountId));
  if (error) return <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={3} />;
  if (data.items.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm text-muted">
        <ShieldCheck className="size-4 text-good" aria-hidden="true" />
        No rule sees a risk here.
      </p>
    );
  }
  return (
    <ul className="-mt-1 flex flex-col divide-y divide-line">
      {inOrder(data.items).map((risk) => (
        <li key={risk.id} className="py-3 first:pt-0 last:pb-0">
          <div className="flex items-start justify-between gap-2">
            <button
              type="button"
              onClick={() => onOpen(risk.id)}
              className="min-w-0 text-left font-medium hover:text-accent-text"
            >
              {risk.title}
            </button>
            <RiskLevelBadge level={risk.urgency} />
          </div>
          <p className="mt-0.5 text-xs text-muted">{risk.recommendedAction}</p>
          <div className="mt-2 flex items-center justify-between gap-2 text-xs">
            <RespondBy risk={risk} />
            <RiskActions risk={risk} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** In the order in which the page's headline picks one. */
function inOrder(risks: readonly RiskSignal[]): RiskSignal[] {
  const pressing = ({ id, urgency, respondBy, respondedAt }: RiskSignal) => ({
    ...{ id, urgency, respondBy: respondedAt !== null || respondBy === null ? null : Date.parse(respondBy) },
  });
  return risks.toSorted((a, b) => mostUrgentFirst(pressing(a), pressing(b)));
}
