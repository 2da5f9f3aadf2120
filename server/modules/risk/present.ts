import type { riskStatuses } from '#contracts/risk.ts';
import type { RiskSignal } from '#core/risk/signal.ts';

export type RiskStatus = (typeof riskStatuses)[number];

/** The one word that lists show for a signal. */
export function statusOf({ phase, resolution, snooze, status }: RiskSignal): RiskStatus {
  if (phase === 'dismissed' || resolution === 'dismissed') return 'dismissed';
  if (phase === 'resolved') return resolution === 'saved' || resolution === 'lost' ? resolution : 'resolved';
  return snooze === null ? status : 'snoozed';
}
