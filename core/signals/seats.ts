/** seats.*: chapter 02, "Shipped signals". */
import { days } from '#core/calendar/windows.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf } from '#core/signals/facts.ts';
import { isPresent, presentUsage } from '#core/signals/present.ts';
import { activeLines, seatsOf } from '#core/signals/subscriptions.ts';
import { activeUsers } from '#core/signals/usage.ts';

type SeatsSignals = Record<KeysOf<'seats'>, number | null>;

/** Seats bought, in use, and their ratio. */
export function seatsSignals(facts: AccountFacts, asOf: AsOf): SeatsSignals {
  const purchased = purchasedSeats(facts, asOf);
  const usage = presentUsage(facts, asOf);
  const active = usage === null ? null : activeUsers(usage, days(asOf.day, 30));
  return {
    'seats.purchased': purchased,
    'seats.active_30d': active,
    'seats.utilization': active === null || purchased === null || purchased === 0 ? null : active / purchased,
  };
}

/** Seats of the active subscriptions; null before the first subscription, and where a line sold by user names no quantity. */
export function purchasedSeats(facts: AccountFacts, asOf: AsOf): number | null {
  return isPresent('subscriptions', facts, asOf) ? seatsOf(activeLines(facts, asOf.day)) : null;
}
