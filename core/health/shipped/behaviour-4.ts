import { component, curve, scored } from '../define.ts';
import type { Band, Scorecard } from '../scorecard.ts';

/** Curves that the four-factor scorecard shares with this one. */
export const adoptionRate = curve([0, 0.3, 0.6, 0.8], [0, 40, 80, 100]);
export const nps = curve([-100, 0, 50, 100], [0, 50, 80, 100]);
export const yearlyChange = curve([-0.5, -0.1, 0, 0.1, 0.3], [0, 40, 70, 80, 100]);

const loginsPerUser = curve([0, 1, 3, 5], [0, 40, 80, 100]);
const sessionMinutes = curve([0, 5, 20, 30], [0, 40, 80, 100]);
const trendSlope = curve([-10, -2, 0, 2, 8], [0, 40, 70, 80, 100]);
const stickiness = curve([0, 0.15, 0.4, 0.6], [0, 40, 80, 100]);
const sentiment = curve([-1, -0.2, 0.2, 1], [0, 40, 80, 100]);
const lateRatio = curve([0, 0.1, 0.5, 1], [100, 80, 40, 0]);

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
      scored('usage.logins_per_week_per_user', of(15, 40), loginsPerUser),
      scored('adoption.rate', of(15, 40), adoptionRate),
      scored('usage.session_minutes', of(10, 40), sessionMinutes),
    ]),
    component('usage', 'Usage', 30, [
      scored('usage.trend_slope', of(20, 30), trendSlope),
      scored('usage.stickiness', of(10, 30), stickiness),
    ]),
    component('sentiment', 'Sentiment', 20, [
      scored('sentiment.nps', of(10, 20), nps),
      scored('support.sentiment', of(10, 20), sentiment),
    ]),
    component('business', 'Business', 10, [
      scored('billing.late_ratio_365d', of(5, 10), lateRatio),
      scored('contract.arr_change_365d', of(5, 10), yearlyChange),
    ]),
  ],
  bands: fourBands,
};
