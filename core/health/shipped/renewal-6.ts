import { component, curve, type Pair, scored, shownOnly } from '../define.ts';
import type { Scorecard } from '../scorecard.ts';

const stickiness: Pair[] = [
  [0, 0],
  [0.15, 40],
  [0.4, 70],
  [0.6, 100],
];
const coreRatio: Pair[] = [
  [0, 0],
  [0.3, 40],
  [0.6, 70],
  [1, 100],
];
const tickets: Pair[] = [
  [0, 100],
  [2, 70],
  [5, 40],
  [10, 0],
];
const sentiment: Pair[] = [
  [-1, 0],
  [-0.2, 40],
  [0.2, 70],
  [1, 100],
];
const reviews: Pair[] = [
  [0, 0],
  [0.5, 40],
  [0.75, 70],
  [1, 100],
];
const replyHours: Pair[] = [
  [0, 100],
  [24, 70],
  [120, 40],
  [168, 0],
];
const onTrack: Pair[] = [
  [0, 0],
  [0.34, 40],
  [0.67, 70],
  [1, 100],
];
const daysOverdue: Pair[] = [
  [0, 100],
  [1, 60],
  [30, 20],
  [60, 0],
];
const termMonths: Pair[] = [
  [1, 40],
  [12, 70],
  [24, 100],
];

/** Renewal likelihood, the default scorecard (chapter 03). */
export const renewal6: Scorecard = {
  key: 'renewal-6',
  title: 'Renewal likelihood',
  minCoverage: 0.5,
  appliesTo: null,
  components: [
    component('usage', 'Product usage', 30, [scored('usage.stickiness', 100, curve(stickiness))]),
    component('adoption', 'Feature adoption', 20, [scored('adoption.core_ratio', 100, curve(coreRatio))]),
    component('support', 'Support sentiment', 15, [
      scored('support.tickets_30d', 50, curve(tickets)),
      scored('support.sentiment', 50, curve(sentiment)),
    ]),
    component('engagement', 'Engagement', 15, [
      scored('engagement.review_attendance', 50, curve(reviews)),
      scored('engagement.reply_hours', 50, curve(replyHours)),
    ]),
    component('outcome', 'Business outcome', 10, [scored('outcomes.on_track', 100, curve(onTrack))]),
    component('contract', 'Contract and payment', 10, [
      scored('billing.days_overdue', 60, curve(daysOverdue)),
      scored('contract.term_months', 40, curve(termMonths)),
      shownOnly('contract.multi_year'),
    ]),
  ],
  bands: [
    { key: 'green', name: 'Green', tone: 'good', lower: 70, upper: 100, action: 'Expand and advocate' },
    { key: 'yellow', name: 'Yellow', tone: 'warning', lower: 40, upper: 70, action: 'Monitor and act' },
    { key: 'red', name: 'Red', tone: 'critical', lower: 0, upper: 40, action: 'Intervene now' },
  ],
};
