import { AlarmClock, Check } from 'lucide-react';
import type { RiskSignal } from '#contracts/risk.ts';
import { Badge } from '#web/ui/badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Unknown } from '#web/ui/money.tsx';

export const statusWords: Record<RiskSignal['status'], string> = {
  new: 'New',
  acknowledged: 'Acknowledged',
  in_progress: 'In progress',
  snoozed: 'Snoozed',
  saved: 'Saved',
  lost: 'Lost',
  dismissed: 'Dismissed',
  resolved: 'Resolved',
};

export function RiskStatus({ risk }: { risk: RiskSignal }) {
  const tone =
    risk.status === 'new' ? 'accent' : risk.status === 'saved' ? 'good' : risk.status === 'lost' ? 'critical' : 'none';
  return <Badge tone={tone}>{statusWords[risk.status]}</Badge>;
}

/** When somebody must have answered; loud once that is over. `short` where a status stands beside it. */
export function RespondBy({ risk, short = false }: { risk: RiskSignal; short?: boolean }) {
  if (risk.status === 'snoozed' && risk.snoozedUntil) {
    return (
      <span className="truncate whitespace-nowrap text-muted">
        {!short && 'snoozed, '}back <DateText value={risk.snoozedUntil} />
      </span>
    );
  }
  if (risk.respondedAt && short) {
    return (
      <span className="inline-flex items-center gap-1 whitespace-nowrap text-muted" title="Answered">
        <Check className="size-3.5 shrink-0 text-faint" aria-label="answered" />
        <DateText value={risk.respondedAt} />
      </span>
    );
  }
  if (risk.respondedAt) {
    return (
      <span className="truncate whitespace-nowrap text-muted">
        answered <DateText value={risk.respondedAt} />
      </span>
    );
  }
  if (!risk.respondBy) return <Unknown why="No time set" />;
  if (!risk.breached) return <DateText value={risk.respondBy} />;
  return (
    <span className="inline-flex items-center gap-1 font-medium whitespace-nowrap text-critical">
      <AlarmClock className="size-3.5" aria-hidden="true" />
      {short ? 'due' : 'overdue,'} <DateText value={risk.respondBy} />
    </span>
  );
}
