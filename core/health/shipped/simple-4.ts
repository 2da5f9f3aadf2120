import { component, curve, type Pair, scored } from '../define.ts';
import type { Scorecard } from '../scorecard.ts';
import { adoptionRate, fourBands, nps, yearlyChange } from './behaviour-4.ts';

const attendance: Pair[] = [
  [0, 0],
  [0.5, 40],
  [0.8, 80],
  [1, 100],
];
const replyHours: Pair[] = [
  [0, 100],
  [24, 80],
  [120, 40],
  [168, 0],
];
const csat: Pair[] = [
  [0, 0],
  [0.6, 40],
  [0.85, 80],
  [1, 100],
];

/** Four factors (chapter 03), each the plain mean of its signals; `by-hand.ts` uses its weights and bands. */
export const simple4: Scorecard = {
  key: 'simple-4',
  title: 'Four factors',
  minCoverage: 0.5,
  appliesTo: null,
  components: [
    component('engagement', 'Engagement', 30, [
      scored('engagement.attendance', 50, curve(attendance)),
      scored('engagement.reply_hours', 50, curve(replyHours)),
    ]),
    component('satisfaction', 'Satisfaction', 30, [
      scored('sentiment.csat', 50, curve(csat)),
      scored('sentiment.nps', 50, curve(nps)),
    ]),
    component('adoption', 'Adoption', 20, [scored('adoption.rate', 100, curve(adoptionRate))]),
    component('growth', 'Growth', 20, [
      scored('contract.arr_change_365d', 50, curve(yearlyChange)),
      scored('growth.seats_change_365d', 50, curve(yearlyChange)),
    ]),
  ],
  bands: fourBands,
};
