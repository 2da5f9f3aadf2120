/** Every shipped signal of chapter 02, "Shipped signals", also those whose source is not connected yet. */
import type { Definitions, SignalDefinition, SignalValue } from '#core/signals/definition.ts';
import { adoptionDefinitions, seatsDefinitions } from '#core/signals/definitions/adoption.ts';
import { engagementDefinitions } from '#core/signals/definitions/engagement.ts';
import {
  healthDefinitions,
  onboardingDefinitions,
  requestsDefinitions,
  riskDefinitions,
  touchDefinitions,
} from '#core/signals/definitions/judgements.ts';
import {
  intentDefinitions,
  outcomesDefinitions,
  stakeholdersDefinitions,
} from '#core/signals/definitions/relationship.ts';
import { billingDefinitions, contractDefinitions, growthDefinitions } from '#core/signals/definitions/revenue.ts';
import { sentimentDefinitions } from '#core/signals/definitions/sentiment.ts';
import { supportDefinitions } from '#core/signals/definitions/support.ts';
import { usageDefinitions } from '#core/signals/definitions/usage.ts';

const DEFINITIONS = {
  ...usageDefinitions,
  ...adoptionDefinitions,
  ...seatsDefinitions,
  ...supportDefinitions,
  ...sentimentDefinitions,
  ...engagementDefinitions,
  ...stakeholdersDefinitions,
  ...outcomesDefinitions,
  ...contractDefinitions,
  ...billingDefinitions,
  ...onboardingDefinitions,
  ...requestsDefinitions,
  ...intentDefinitions,
  ...growthDefinitions,
  ...healthDefinitions,
  ...riskDefinitions,
  ...touchDefinitions,
} as const satisfies Definitions;

export type SignalKey = keyof typeof DEFINITIONS;

/** 'usage' of 'usage.dau_mau'. */
export type SignalFamily = SignalKey extends `${infer Family}.${string}` ? Family : never;

/** The signals of one family. */
export type KeysOf<F extends SignalFamily> = Extract<SignalKey, `${F}.${string}`>;

/** Every shipped signal of an account as of a moment. */
export type SignalValues = Record<SignalKey, SignalValue>;

/**
 * The position of a key in this list is its slot in stored snapshots. Append only: never move, remove or reuse one.
 */
export const SIGNAL_KEYS: readonly SignalKey[] = [
  'usage.active_users_1d',
  'usage.active_users_7d',
  'usage.active_users_30d',
  'usage.dau_mau',
  'usage.stickiness',
  'usage.logins_per_week',
  'usage.logins_per_week_per_user',
  'usage.login_change',
  'usage.volume_change',
  'usage.active_user_change',
  'usage.session_minutes',
  'usage.days_since_last_activity',
  'usage.trend_slope',
  'adoption.core_ratio',
  'adoption.rate',
  'adoption.breadth',
  'adoption.depth',
  'adoption.advanced_ratio',
  'seats.purchased',
  'seats.active_30d',
  'seats.utilization',
  'support.tickets_30d',
  'support.ticket_change',
  'support.open_high',
  'support.first_response_hours',
  'support.resolution_hours',
  'support.repeat_ratio',
  'support.escalations_90d',
  'support.cancellation_tickets_90d',
  'support.sentiment',
  'sentiment.nps',
  'sentiment.nps_score',
  'sentiment.nps_detractor',
  'sentiment.csat',
  'sentiment.csat_mean',
  'sentiment.ces',
  'engagement.days_since_touch',
  'engagement.meetings_90d',
  'engagement.attendance',
  'engagement.review_attendance',
  'engagement.reply_hours',
  'engagement.unanswered',
  'engagement.training_90d',
  'engagement.executive_days',
  'stakeholders.has_champion',
  'stakeholders.has_sponsor',
  'stakeholders.champion_left_90d',
  'stakeholders.threads_90d',
  'stakeholders.leadership_change_90d',
  'outcomes.on_track',
  'outcomes.value_proven',
  'outcomes.roi',
  'contract.arr',
  'contract.mrr',
  'contract.days_to_renewal',
  'contract.term_months',
  'contract.auto_renew',
  'contract.multi_year',
  'contract.arr_change_365d',
  'billing.days_overdue',
  'billing.late_ratio_365d',
  'billing.failed_payments_90d',
  'billing.dispute_open',
  'onboarding.progress',
  'onboarding.overdue_milestones',
  'onboarding.days_in',
  'onboarding.ttfv_days',
  'requests.denied_180d',
  'requests.open',
  'intent.competitor_90d',
  'intent.downgrade_90d',
  'intent.cancel_90d',
  'intent.budget_90d',
  'growth.seats_change_365d',
  'growth.departments',
  'growth.new_department_90d',
  'growth.enterprise_requests_180d',
  'health.score',
  'health.change_7d',
  'health.change_30d',
  'health.band_days',
  'risk.level',
  'risk.open_signals',
  'touch.overdue_days',
  'support.severe_open_hours',
  'engagement.reviews_planned_365d',
  'contract.days_since_first_start',
];

/** A definition with its key. */
export interface Signal extends SignalDefinition {
  key: SignalKey;
  family: SignalFamily;
}

/** All shipped signals in the order of their slots. */
export const CATALOGUE: readonly Signal[] = SIGNAL_KEYS.map((key) => ({
  key,
  family: key.slice(0, key.indexOf('.')) as SignalFamily,
  ...DEFINITIONS[key],
}));

/** Whether a text is the key of a shipped signal. */
export function isSignalKey(text: string): text is SignalKey {
  return Object.hasOwn(DEFINITIONS, text);
}
