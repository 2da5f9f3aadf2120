/** adoption.*: chapter 02, "Shipped signals". */
import { days } from '#core/calendar/windows.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, Feature, SignalSettings, UsageFacts } from '#core/signals/facts.ts';
import { presentUsage } from '#core/signals/present.ts';
import { purchasedSeats } from '#core/signals/seats.ts';
import { activeLines } from '#core/signals/subscriptions.ts';
import { ratioOrZero } from '#core/signals/usage.ts';
import { featuresUsed, totals } from '#core/signals/usage-window.ts';
import { featuresSharedBy } from '#core/signals/user-months.ts';

type AdoptionSignals = Record<KeysOf<'adoption'>, number | null>;

const MISSING: AdoptionSignals = {
  'adoption.core_ratio': null,
  'adoption.rate': null,
  'adoption.breadth': null,
  'adoption.depth': null,
  'adoption.advanced_ratio': null,
};

/** All adoption signals; every one null while the account's usage is not present. */
export function adoptionSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): AdoptionSignals {
  const usage = presentUsage(facts, asOf);
  if (usage === null) return MISSING;
  const included = includedFeatures(facts, asOf, settings);
  const wanted = new Set(included?.map((feature) => feature.id));
  const used = featuresUsed(usage, days(asOf.day, 30), wanted);
  return {
    'adoption.core_ratio': shareUsed(included, used, (feature) => feature.core),
    'adoption.rate': shareUsed(included, used, () => true),
    'adoption.breadth': breadth(usage, facts, asOf, settings),
    'adoption.depth': depth(usage, asOf),
    'adoption.advanced_ratio': shareUsed(included, used, (feature) => feature.advanced),
  };
}

/** What the active plans include; null without an active subscription. */
function includedFeatures(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): Feature[] | null {
  const lines = activeLines(facts, asOf.day);
  if (lines.length === 0) return null;
  return settings.features.filter(
    ({ plans }) => plans.length === 0 || lines.some(({ terms }) => terms.plan !== null && plans.includes(terms.plan)),
  );
}

function shareUsed(
  included: readonly Feature[] | null,
  used: ReadonlySet<number>,
  counts: (feature: Feature) => boolean,
): number | null {
  let whole = 0;
  let part = 0;
  for (const feature of included ?? []) {
    if (!counts(feature)) continue;
    whole++;
    if (used.has(feature.id)) part++;
  }
  return whole === 0 ? null : part / whole;
}

function breadth(usage: UsageFacts, facts: AccountFacts, asOf: AsOf, settings: SignalSettings): number | null {
  const window = days(asOf.day, 30);
  if (totals(usage, window).counted) return null;
  const mapped = new Set(settings.features.map((feature) => feature.id));
  return featuresSharedBy(usage, window, purchasedSeats(facts, asOf) === 1 ? 1 : 2, mapped).size;
}

function depth(usage: UsageFacts, asOf: AsOf): number | null {
  const sum = totals(usage, days(asOf.day, 30));
  return sum.userless ? null : ratioOrZero(sum.featureEvents, sum.userDays);
}
