/** intent.*: chapter 02, "Shipped signals": noted in 90 days and not resolved at `t`. */
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, Intent, SignalSettings } from '#core/signals/facts.ts';
import { startOfWindow } from '#core/signals/moment.ts';
import { isPresent } from '#core/signals/present.ts';

type IntentSignals = Record<KeysOf<'intent'>, boolean | null>;

const MISSING: IntentSignals = {
  'intent.competitor_90d': null,
  'intent.downgrade_90d': null,
  'intent.cancel_90d': null,
  'intent.budget_90d': null,
};

/** All intent signals; every one null until the first intent of the account. */
export function intentSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): IntentSignals {
  if (!isPresent('intents', facts, asOf)) return MISSING;
  const from = startOfWindow(asOf, 90, settings);
  const open = (wanted: Intent['kind']) =>
    (facts.intents ?? []).some(
      ({ kind, at, resolvedAt }) =>
        kind === wanted && at >= from && at <= asOf.at && (resolvedAt === null || resolvedAt > asOf.at),
    );
  return {
    'intent.competitor_90d': open('competitor'),
    'intent.downgrade_90d': open('downgrade'),
    'intent.cancel_90d': open('cancellation'),
    'intent.budget_90d': open('budget_cut'),
  };
}
