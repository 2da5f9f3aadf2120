/** Every shipped signal of one account as of a moment. Pure: the same facts and moment always give the same values. */
import { adoptionSignals } from '#core/signals/adoption.ts';
import { billingSignals } from '#core/signals/billing.ts';
import type { KeysOf, SignalFamily, SignalValues } from '#core/signals/catalogue.ts';
import { contractSignals } from '#core/signals/contract.ts';
import type { SignalValue } from '#core/signals/definition.ts';
import { engagementSignals } from '#core/signals/engagement.ts';
import type { AccountFacts, AsOf, SignalSettings, SourceKind } from '#core/signals/facts.ts';
import { growthSignals } from '#core/signals/growth.ts';
import { healthSignals } from '#core/signals/health.ts';
import { intentSignals } from '#core/signals/intent.ts';
import { outcomesSignals } from '#core/signals/outcomes.ts';
import { seatsSignals } from '#core/signals/seats.ts';
import { sentimentSignals } from '#core/signals/sentiment.ts';
import { stakeholdersSignals } from '#core/signals/stakeholders.ts';
import { supportSignals } from '#core/signals/support.ts';
import { usageSignals } from '#core/signals/usage.ts';

type FamilyValues<F extends SignalFamily> = Record<KeysOf<F>, SignalValue>;
type Compute<F extends SignalFamily> = (facts: AccountFacts, asOf: AsOf, settings: SignalSettings) => FamilyValues<F>;

/** Onboarding, requests and touch have no source yet; risk is judged from these signals and put beside them afterwards. */
const FAMILIES: { readonly [F in SignalFamily]: Compute<F> } = {
  usage: usageSignals,
  adoption: adoptionSignals,
  seats: seatsSignals,
  support: supportSignals,
  sentiment: sentimentSignals,
  engagement: engagementSignals,
  stakeholders: stakeholdersSignals,
  outcomes: outcomesSignals,
  contract: contractSignals,
  billing: billingSignals,
  intent: intentSignals,
  growth: growthSignals,
  health: (facts, asOf) => {
    const today = facts.pastHealth.findLast((past) => past.day === asOf.day);
    return healthSignals(facts.pastHealth, today ?? { score: null, band: null }, asOf);
  },
  onboarding: () => ({
    'onboarding.progress': null,
    'onboarding.overdue_milestones': null,
    'onboarding.days_in': null,
    'onboarding.ttfv_days': null,
  }),
  requests: () => ({ 'requests.denied_180d': null, 'requests.open': null }),
  risk: () => ({ 'risk.level': null, 'risk.open_signals': null }),
  touch: () => ({ 'touch.overdue_days': null }),
};

/** Which facts each family reads. */
export const FAMILY_SOURCES: Readonly<Record<SignalFamily, readonly SourceKind[]>> = {
  usage: ['usage'],
  adoption: ['usage', 'subscriptions'],
  seats: ['usage', 'subscriptions'],
  support: ['tickets'],
  sentiment: ['nps', 'csat', 'ces', 'stakeholders'],
  engagement: ['touchpoints', 'stakeholders'],
  stakeholders: ['stakeholders', 'touchpoints'],
  outcomes: ['goals', 'subscriptions'],
  contract: ['subscriptions'],
  billing: ['invoices'],
  intent: ['intents'],
  growth: ['subscriptions'],
  health: [],
  onboarding: [],
  requests: [],
  risk: [],
  touch: [],
};

/** The families to compute again when facts of a source changed. */
export function familiesOf(source: SourceKind): SignalFamily[] {
  return (Object.keys(FAMILY_SOURCES) as SignalFamily[]).filter((family) => FAMILY_SOURCES[family].includes(source));
}

/** The signals of one family. Facts of other families may be left out. */
export function computeFamily<F extends SignalFamily>(
  family: F,
  facts: AccountFacts,
  asOf: AsOf,
  settings: SignalSettings,
): FamilyValues<F> {
  return FAMILIES[family](facts, asOf, settings);
}

/**
 * Every shipped signal as of a moment: the end of a past day, or now with facts up to now. What had not occurred by then
 * is ignored. Missing is null. health.* hold if `pastHealth` has an entry for the day itself; a caller that has just
 * scored the account puts `healthSignals` of the new score in their place, and the risk level beside them.
 */
export function computeSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): SignalValues {
  return {
    ...FAMILIES.usage(facts, asOf, settings),
    ...FAMILIES.adoption(facts, asOf, settings),
    ...FAMILIES.seats(facts, asOf, settings),
    ...FAMILIES.support(facts, asOf, settings),
    ...FAMILIES.sentiment(facts, asOf, settings),
    ...FAMILIES.engagement(facts, asOf, settings),
    ...FAMILIES.stakeholders(facts, asOf, settings),
    ...FAMILIES.outcomes(facts, asOf, settings),
    ...FAMILIES.contract(facts, asOf, settings),
    ...FAMILIES.billing(facts, asOf, settings),
    ...FAMILIES.onboarding(facts, asOf, settings),
    ...FAMILIES.requests(facts, asOf, settings),
    ...FAMILIES.intent(facts, asOf, settings),
    ...FAMILIES.growth(facts, asOf, settings),
    ...FAMILIES.health(facts, asOf, settings),
    ...FAMILIES.risk(facts, asOf, settings),
    ...FAMILIES.touch(facts, asOf, settings),
  };
}
