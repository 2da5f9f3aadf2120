import type { Comparison, Condition, Constant, OrderOp } from '#core/condition/types.ts';
import type { RiskRule, Urgency } from './rule.ts';

const hours = (count: number) => count;
const days = (count: number) => count * 24;

const compare = (signal: string, op: OrderOp, value: number): Comparison => ({ op, signal, value });
const equals = (signal: string, value: Constant): Comparison => ({ op: 'eq', signal, value });
const all = (...of: Condition[]): Condition => ({ op: 'and', of });
const any = (...of: Condition[]): Condition => ({ op: 'or', of });

/** Nobody has spoken with the customer for three weeks, or ever and not in the last quarter. */
const noRecentTouch = any(
  compare('engagement.days_since_touch', 'gte', 21),
  all({ op: 'missing', signal: 'engagement.days_since_touch' }, equals('engagement.meetings_90d', 0)),
);

function rule(
  key: string,
  title: string,
  condition: Condition,
  urgency: Urgency,
  respondWithinHours: number,
  recommendedAction: string,
): RiskRule {
  const defaults = { quietDays: 7, cooldownDays: 7, enabled: true };
  return { key, title, condition, urgency, respondWithinHours, recommendedAction, ...defaults };
}

/** The risk rules that every workspace begins with, in the order of chapter 04's table. */
export const shippedRules: readonly RiskRule[] = [
  rule(
    'logins-down',
    'Logins fell by half',
    compare('usage.login_change', 'lte', -0.5),
    'high',
    hours(48),
    'CSM outreach',
  ),
  rule(
    'logins-sliding',
    'Logins are sliding',
    all(compare('usage.login_change', 'lte', -0.3), compare('usage.login_change', 'gt', -0.5)),
    'medium',
    days(7),
    'Usage review',
  ),
  rule(
    'users-shrinking',
    'Fewer active users',
    compare('usage.active_user_change', 'lte', -0.2),
    'medium',
    days(7),
    'Seat review',
  ),
  rule(
    'gone-quiet',
    'No activity for three weeks',
    compare('usage.days_since_last_activity', 'gte', 21),
    'high',
    hours(48),
    'Re-engage',
  ),
  rule(
    'champion-left',
    'The champion left',
    equals('stakeholders.champion_left_90d', true),
    'critical',
    hours(24),
    'Executive re-engagement, map stakeholders',
  ),
  rule(
    'no-champion',
    'No champion',
    equals('stakeholders.has_champion', false),
    'medium',
    days(14),
    'Find and build a champion',
  ),
  rule(
    'leadership-change',
    'Leadership changed',
    equals('stakeholders.leadership_change_90d', true),
    'medium',
    days(7),
    'Executive alignment',
  ),
  rule(
    'support-spike',
    'Many support tickets',
    any(
      compare('support.tickets_30d', 'gt', 10),
      all(compare('support.ticket_change', 'gte', 1), compare('support.tickets_30d', 'gte', 4)),
    ),
    'high',
    hours(48),
    'Root cause analysis and a call',
  ),
  rule(
    'severe-open',
    'A severe ticket stays open',
    compare('support.severe_open_hours', 'gte', 72),
    'high',
    hours(24),
    'Escalate',
  ),
  rule(
    'cancellation-ask',
    'Asked to cancel',
    any(compare('support.cancellation_tickets_90d', 'gte', 1), equals('intent.cancel_90d', true)),
    'critical',
    hours(24),
    'Save play',
  ),
  rule(
    'competitor',
    'Looks at a competitor',
    equals('intent.competitor_90d', true),
    'critical',
    hours(24),
    'Value reinforcement meeting',
  ),
  rule(
    'requests-denied',
    'Requests were turned down',
    compare('requests.denied_180d', 'gte', 3),
    'medium',
    days(14),
    'Workaround plan, roadmap preview',
  ),
  rule(
    'billing-dispute',
    'An invoice is disputed',
    equals('billing.dispute_open', true),
    'high',
    hours(48),
    'CSM and finance resolve jointly',
  ),
  rule(
    'payment-late',
    'Payment is late',
    compare('billing.days_overdue', 'gte', 15),
    'high',
    hours(48),
    'Billing follow-up',
  ),
  rule(
    'low-review-attendance',
    'Decision makers miss reviews',
    all(compare('engagement.review_attendance', 'lt', 0.5), compare('engagement.reviews_planned_365d', 'gte', 2)),
    'medium',
    days(14),
    'Reschedule, adjust agenda',
  ),
  rule('downgrade-ask', 'Asked to downgrade', equals('intent.downgrade_90d', true), 'high', hours(24), 'Save play'),
  rule(
    'detractor',
    'A detractor answered',
    equals('sentiment.nps_detractor', true),
    'high',
    hours(24),
    'Call, close the loop',
  ),
  rule(
    'unresponsive',
    'Does not answer',
    compare('engagement.unanswered', 'gte', 3),
    'high',
    hours(48),
    'Other contact, sponsor',
  ),
  rule(
    'health-critical',
    'Health is critical',
    compare('health.score', 'lt', 40),
    'critical',
    hours(24),
    'Intervention plan, executive',
  ),
  rule(
    'health-falling',
    'Health is falling',
    compare('health.change_30d', 'lte', -15),
    'high',
    hours(48),
    'Review what moved',
  ),
  rule(
    'renewal-stalled',
    'The renewal is near and nobody talks',
    all(compare('contract.days_to_renewal', 'lte', 60), compare('contract.term_months', 'gte', 6), noRecentTouch),
    'high',
    hours(24),
    'Renewal plan',
  ),
  rule(
    'budget-cut',
    'The budget is cut',
    equals('intent.budget_90d', true),
    'medium',
    days(7),
    'Value recap, commercial options',
  ),
  rule(
    'onboarding-stuck',
    'Onboarding is stuck',
    compare('onboarding.overdue_milestones', 'gte', 1),
    'high',
    hours(48),
    'Hands-on session',
  ),
  rule(
    'under-used-licence',
    'Seats lie idle',
    all(compare('seats.utilization', 'lt', 0.5), compare('contract.days_since_first_start', 'gt', 90)),
    'medium',
    days(14),
    'Adoption plan',
  ),
];
