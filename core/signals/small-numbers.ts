/** "A ratio over fewer than 5 users carries the mark 'small numbers' wherever it is shown" (chapter 02). */
import { before, completeDays, days } from '#core/calendar/windows.ts';
import type { AccountFacts, AsOf, SignalSettings, UsageFacts } from '#core/signals/facts.ts';
import { presentUsage } from '#core/signals/present.ts';
import { stickinessUsers } from '#core/signals/rhythm.ts';
import { purchasedSeats } from '#core/signals/seats.ts';
import { activeUsers } from '#core/signals/usage.ts';

const FEW = 5;

/** Whether the value of a signal is a ratio over fewer than 5 users at the moment. False for every other signal and without usage. */
export function isSmallNumber(key: string, facts: AccountFacts, asOf: AsOf, settings: SignalSettings): boolean {
  const usage = presentUsage(facts, asOf);
  const users = usage === null ? null : usersBehind(key, usage, facts, asOf, settings);
  return users !== null && users < FEW;
}

function usersBehind(
  key: string,
  usage: UsageFacts,
  facts: AccountFacts,
  asOf: AsOf,
  settings: SignalSettings,
): number | null {
  switch (key) {
    case 'usage.dau_mau':
    case 'usage.logins_per_week_per_user':
      return activeUsers(usage, completeDays(asOf.day, 30));
    case 'usage.active_user_change':
      return activeUsers(usage, before(completeDays(asOf.day, 30)));
    case 'usage.stickiness':
      return stickinessUsers(usage, asOf, settings);
    case 'adoption.depth':
      return activeUsers(usage, days(asOf.day, 30));
    case 'seats.utilization':
      return purchasedSeats(facts, asOf);
    default:
      return null;
  }
}
