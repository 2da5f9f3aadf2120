import { curve } from './define.ts';
import type { Curve } from './scorecard.ts';
import { renewal6 } from './shipped/renewal-6.ts';

/** A signal that a suggested scorecard may use, with a curve that meets the limits of the Green and Yellow bands. */
export interface DefaultSignal {
  signal: string;
  /** against the others of its component */
  weight: number;
  curve: Curve;
}

export interface DefaultComponent {
  key: string;
  title: string;
  /** against the other components */
  weight: number;
  /** the most telling first */
  signals: readonly DefaultSignal[];
}

const own = (signal: string, weight: number, over: Curve): DefaultSignal => ({ signal, weight, curve: over });

/** A signal with the curve that the default scorecard gives it. */
function asShipped(signal: string, weight: number): DefaultSignal {
  const signals = renewal6.components.flatMap((component) => component.signals);
  return { signal, weight, curve: signals.find((one) => one.signal === signal)!.curve! };
}

const change = curve([-0.6, -0.3, 0, 0.3], [0, 40, 70, 100]);
const yearlyChange = curve([-0.5, -0.1, 0, 0.3], [0, 40, 70, 100]);

/** What `suggestScorecard` chooses from: 70 points are the signal's green limit, 40 its yellow one. */
export const defaultComponents: readonly DefaultComponent[] = [
  {
    key: 'usage',
    title: 'Product usage',
    weight: 30,
    signals: [
      asShipped('usage.stickiness', 40),
      own('usage.active_user_change', 30, change),
      own('usage.days_since_last_activity', 30, curve([0, 7, 21, 45], [100, 70, 40, 0])),
      own('usage.volume_change', 30, change),
      own('usage.trend_slope', 30, curve([-10, -2, 0, 8], [0, 40, 70, 100])),
    ],
  },
  {
    key: 'adoption',
    title: 'Feature adoption',
    weight: 20,
    signals: [
      asShipped('adoption.core_ratio', 60),
      own('seats.utilization', 40, curve([0, 0.5, 0.8, 1], [0, 40, 70, 100])),
      own('adoption.rate', 40, curve([0, 0.3, 0.6, 1], [0, 40, 70, 100])),
    ],
  },
  {
    key: 'support',
    title: 'Support',
    weight: 15,
    signals: [
      asShipped('support.tickets_30d', 40),
      asShipped('support.sentiment', 40),
      own('support.open_high', 20, curve([0, 1, 2, 5], [100, 70, 40, 0])),
    ],
  },
  {
    key: 'sentiment',
    title: 'Customer sentiment',
    weight: 10,
    signals: [
      own('sentiment.nps', 50, curve([-100, 0, 40, 100], [0, 40, 70, 100])),
      own('sentiment.csat', 50, curve([0, 0.6, 0.8, 1], [0, 40, 70, 100])),
    ],
  },
  {
    key: 'engagement',
    title: 'Engagement',
    weight: 15,
    signals: [
      asShipped('engagement.review_attendance', 40),
      asShipped('engagement.reply_hours', 30),
      own('engagement.days_since_touch', 30, curve([0, 30, 60, 120], [100, 70, 40, 0])),
      own('engagement.attendance', 30, curve([0, 0.5, 0.75, 1], [0, 40, 70, 100])),
    ],
  },
  { key: 'outcome', title: 'Business outcome', weight: 10, signals: [asShipped('outcomes.on_track', 100)] },
  {
    key: 'contract',
    title: 'Contract and payment',
    weight: 10,
    signals: [
      asShipped('billing.days_overdue', 40),
      own('contract.arr_change_365d', 30, yearlyChange),
      asShipped('contract.term_months', 30),
      own('billing.late_ratio_365d', 30, curve([0, 0.1, 0.5, 1], [100, 70, 40, 0])),
    ],
  },
];
