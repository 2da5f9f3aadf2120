/**
 * Which facts of its source a signal speaks of, where it does not speak of all: conditions on a row's `facet`, with the
 * moment asked about as $5 (epoch ms). They say what core/signals counts, so that the facts shown are those that decide.
 */
import type { SignalKey } from '#core/signals/catalogue.ts';

const until = `to_timestamp($5::float8 / 1000)`;
const within = (days: number) => `at > ${until} - interval '${days} days'`;
const facet = (name: string) => `facet ->> '${name}'`;
const severe = `${facet('severity')} in ('high', 'urgent') and ${facet('open')} = 'true'`;
const intent = (kind: string) => `${facet('kind')} = '${kind}' and ${facet('resolved')} = 'false' and ${within(90)}`;
const lost = (role: string) => `${facet('role')} = '${role}' and ${facet('ended')} = 'true'`;
const reviews = `${facet('kind')} in ('qbr', 'ebr')`;

export const narrowed: Readonly<Partial<Record<SignalKey, string>>> = {
  'support.tickets_30d': within(30),
  'support.open_high': severe,
  'support.severe_open_hours': severe,
  'support.escalations_90d': `${facet('escalated')} = 'true'`,
  'support.cancellation_tickets_90d': `${facet('category')} = 'cancellation' and ${within(90)}`,
  'sentiment.nps_detractor': `(${facet('score')})::float8 <= 6`,
  'engagement.review_attendance': reviews,
  'engagement.reviews_planned_365d': reviews,
  'engagement.unanswered': `${facet('kind')} = 'email' and ${facet('unanswered')} = 'true'`,
  'stakeholders.has_champion': `${facet('role')} = 'champion'`,
  'stakeholders.has_sponsor': `${facet('role')} = 'executive_sponsor'`,
  'stakeholders.champion_left_90d': `(${facet('kind')} = 'champion_left' or ${lost('champion')}) and ${within(90)}`,
  'stakeholders.leadership_change_90d': `(${facet('kind')} in ('new_executive', 'sponsor_left', 'decision_maker_left')
    or ${lost('executive_sponsor')} or ${lost('decision_maker')}) and ${within(90)}`,
  'billing.days_overdue': `${facet('paid')} = 'false'`,
  'billing.dispute_open': `${facet('disputed')} = 'true'`,
  'intent.competitor_90d': intent('competitor'),
  'intent.downgrade_90d': intent('downgrade'),
  'intent.cancel_90d': intent('cancellation'),
  'intent.budget_90d': intent('budget_cut'),
};
