/** What an account has bought, as of a day (chapter 02: active when start ≤ d < end, dated rows change on their own day). */
import type { Day } from '#core/calendar/day.ts';
import { convert } from '#core/money/money.ts';
import type { AccountFacts, SignalSettings, Subscription, SubscriptionChange } from '#core/signals/facts.ts';

/** An active subscription with the row in force. */
export interface ActiveLine {
  subscription: Subscription;
  terms: SubscriptionChange;
}

/** The subscriptions active on a day. */
export function activeLines(facts: AccountFacts, day: Day): ActiveLine[] {
  const lines: ActiveLine[] = [];
  for (const subscription of facts.subscriptions ?? []) {
    if (subscription.startDay > day || (subscription.endDay !== null && subscription.endDay <= day)) continue;
    const terms = termsOn(subscription, day);
    if (terms !== null) lines.push({ subscription, terms });
  }
  return lines;
}

/** The dated row in force on a day, whether or not the subscription is active; null before the first. */
export function termsOn(subscription: Subscription, day: Day): SubscriptionChange | null {
  const { changes } = subscription;
  for (let i = changes.length - 1; i >= 0; i--) if (changes[i]!.fromDay <= day) return changes[i]!;
  return null;
}

/** MRR of the lines in minor units of the workspace's currency at the rates of the day; null if a rate is missing. */
export function mrrOf(lines: readonly ActiveLine[], day: Day, settings: SignalSettings): number | null {
  let sum = 0;
  for (const { terms } of lines) {
    const converted = convert(terms.mrrMinor, terms.currency, settings.currency, day, settings.rates);
    if (converted === null) return null;
    sum += converted;
  }
  return sum;
}

/** Quantity of the lines whose unit is users; null if such a line names no quantity. */
export function seatsOf(lines: readonly ActiveLine[]): number | null {
  let seats = 0;
  for (const { terms } of lines) {
    if (terms.unit !== 'users') continue;
    if (terms.quantity === null) return null;
    seats += terms.quantity;
  }
  return seats;
}
