import { component, curve, type Pair, scored } from '../define.ts';
import type { Band, Scorecard } from '../scorecard.ts';

/** Curves that the four-factor scorecard shares with this one. */
export const adoptionRate: Pair[] = [
  [0, 0],
  [0.3, 40],
  [0.6, 80],
  [0.8, 100],
];
export const nps: Pair[] = [
  [-100, 0],
  [0, 50],
  [50, 80],
  [100, 100],
];
export const yearlyChange: Pair[] = [
  [-0.5, 0],
  [-0.1, 40],
  [0, 70],
  [0.1, 80],
  [0.3, 100],
];

const loginsPerUser: Pair[] = [
  [0, 0],
  [1, 40],
  [3, 80],
  [5, 100],
];
const sessionMinutes: Pair[] = [
  [0, 0],
  [5, 40],
  [20, 80],
  [30, 100],
];
const trendSlope: Pair[] = [
  [-10, 0],
  [-2, 40],
  [0, 70],
  [2, 80],
  [8, 100],
];
const stickiness: Pair[] = [
  [0, 0],
  [0.15, 40],
  [0.4, 80],
  [0.6, 100],
];
const sentiment: Pair[] = [
  [-1, 0],
  [-0.2, 40],
  [0.2, 80],
  [1, 100],
];
const lateRatio: Pair[] = [
  [0, 100],
  [0.1, 80],
  [0.5, 40],
  [1, 0],
];

export const fourBands: Band[] = [
  { key: 'healthy', name: 'Healthy', tone: 'good', lower: 80, upper: 100, action: 'Nurture, find expansion' },
  { key: 'neutral', name: 'Neutral', tone: 'fair', lower: 60, upper: 80, action: 'Raise engagement, reach out' },
  {
    key: 'at-risk',
    name: 'At risk',
    tone: 'warning',
    lower: 40,
    upper: 60,
    action: 'Intervention plan, assign a champion',
  },
  {
    key: 'critical',
    name: 'Critical',
    tone: 'critical',
    lower: 0,
    upper: 40,
    action: 'Escalate at once, involve an executive',
  },
];

/** Percent within a component from the percents of the whole, as chapter 03 gives them. */
const of = (part: number, whole: number) => (part / whole) * 100;

/** Behaviour blend (chapter 03). */
export const behaviour4: Scorecard = {
  key: 'behaviour-4',
  title: 'Behaviour blend',
  minCoverage: 0.5,
  appliesTo: null,
  components: [
    component('behavioural', 'Behavioural', 40, [
      scored('usage.logins_per_week_per_user', of(15, 40), curve(loginsPerUser)),
      scored('adoption.rate', of(15, 40), curve(adoptionRate)),
      scored('usage.session_minutes', of(10, 40), curve(sessionMinutes)),
    ]),
    component('usage', 'Usage', 30, [
      scored('usage.trend_slope', of(20, 30), curve(trendSlope)),
      scored('usage.stickiness', of(10, 30), curve(stickiness)),
    ]),
    component('sentiment', 'Sentiment', 20, [
      scored('sentiment.nps', of(10, 20), curve(nps)),
      scored('support.sentiment', of(10, 20), curve(sentiment)),
    ]),
    component('business', 'Business', 10, [
      scored('billing.late_ratio_365d', of(5, 10), curve(lateRatio)),
      scored('contract.arr_change_365d', of(5, 10), curve(yearlyChange)),
    ]),
  ],
  bands: fourBands,
};
