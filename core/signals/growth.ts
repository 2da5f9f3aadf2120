/** growth.*: chapter 02, "Shipped signals". Departments and requests are not connected yet. */
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf } from '#core/signals/facts.ts';
import { isPresent } from '#core/signals/present.ts';
import { activeLines, seatsOf } from '#core/signals/subscriptions.ts';
import { change } from '#core/signals/usage.ts';

/** Seats bought today against 365 days ago. */
export function growthSignals(facts: AccountFacts, asOf: AsOf): Record<KeysOf<'growth'>, number | null> {
  const seatsOn = (day: number) => seatsOf(activeLines(facts, day));
  return {
    'growth.seats_change_365d': isPresent('subscriptions', facts, asOf)
      ? change(seatsOn(asOf.day), seatsOn(asOf.day - 365))
      : null,
    'growth.departments': null,
    'growth.new_department_90d': null,
    'growth.enterprise_requests_180d': null,
  };
}
