import { component, curve, scored } from '../define.ts';
import type { Scorecard } from '../scorecard.ts';
import { adoptionRate, fourBands, nps, yearlyChange } from './behaviour-4.ts';

const attendance = curve([0, 0.5, 0.8, 1], [0, 40, 80, 100]);
const replyHours = curve([0, 24, 120, 168], [100, 80, 40, 0]);
const csat = curve([0, 0.6, 0.85, 1], [0, 40, 80, 100]);

/** Four factors (chapter 03), each the plain mean of its signals; `by-hand.ts` uses its weights and bands. */
export const simple4: Scorecard = {
  key: 'simple-4',
  title: 'Four factors',
  minCoverage: 0.5,
  appliesTo: null,
  components: [
    component('engagement', 'Engagement', 30, [
      scored('engagement.attendance', 50, attendance),
      scored('engagement.reply_hours', 50, replyHours),
    ]),
    component('satisfaction', 'Satisfaction', 30, [
      scored('sentiment.csat', 50, csat),
      scored('sentiment.nps', 50, nps),
    ]),
    component('adoption', 'Adoption', 20, [scored('adoption.rate', 100, adoptionRate)]),
    component('growth', 'Growth', 20, [
      scored('contract.arr_change_365d', 50, yearlyChange),
      scored('growth.seats_change_365d', 50, yearlyChange),
    ]),
  ],
  bands: fourBands,
};
