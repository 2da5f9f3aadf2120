import { component, curve, scored, shownOnly } from '../define.ts';
import type { Scorecard } from '../scorecard.ts';

const stickiness = curve([0, 0.15, 0.4, 0.6], [0, 40, 70, 100]);
const coreRatio = curve([0, 0.3, 0.6, 1], [0, 40, 70, 100]);
const tickets = curve([0, 2, 5, 10], [100, 70, 40, 0]);
const sentiment = curve([-1, -0.2, 0.2, 1], [0, 40, 70, 100]);
const reviews = curve([0, 0.5, 0.75, 1], [0, 40, 70, 100]);
const replyHours = curve([0, 24, 120, 168], [100, 70, 40, 0]);
const onTrack = curve([0, 0.34, 0.67, 1], [0, 40, 70, 100]);
const daysOverdue = curve([0, 1, 30, 60], [100, 60, 20, 0]);
const termMonths = curve([1, 12, 24], [40, 70, 100]);

/** Renewal likelihood, the default scorecard (chapter 03). */
export const renewal6: Scorecard = {
  key: 'renewal-6',
  title: 'Renewal likelihood',
  minCoverage: 0.5,
  appliesTo: null,
  components: [
    component('usage', 'Product usage', 30, [scored('usage.stickiness', 100, stickiness)]),
    component('adoption', 'Feature adoption', 20, [scored('adoption.core_ratio', 100, coreRatio)]),
    component('support', 'Support sentiment', 15, [
      scored('support.tickets_30d', 50, tickets),
      scored('support.sentiment', 50, sentiment),
    ]),
    component('engagement', 'Engagement', 15, [
      scored('engagement.review_attendance', 50, reviews),
      scored('engagement.reply_hours', 50, replyHours),
    ]),
    component('outcome', 'Business outcome', 10, [scored('outcomes.on_track', 100, onTrack)]),
    component('contract', 'Contract and payment', 10, [
      scored('billing.days_overdue', 60, daysOverdue),
      scored('contract.term_months', 40, termMonths),
      shownOnly('contract.multi_year'),
    ]),
  ],
  bands: [
    { key: 'green', name: 'Green', tone: 'good', lower: 70, upper: 100, action: 'Expand and advocate' },
    { key: 'yellow', name: 'Yellow', tone: 'warning', lower: 40, upper: 70, action: 'Monitor and act' },
    { key: 'red', name: 'Red', tone: 'critical', lower: 0, upper: 40, action: 'Intervene now' },
  ],
};
