import { curve, type Pair } from './define.ts';
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

const own = (signal: string, weight: number, points: Pair[]): DefaultSignal => ({
  signal,
  weight,
  curve: curve(points),
});

/** A signal with the curve that the default scorecard gives it. */
function asShipped(signal: string, weight: number): DefaultSignal {
  const signals = renewal6.components.flatMap((component) => component.signals);
  return { signal, weight, curve: signals.find((one) => one.signal === signal)!.curve! };
}

const change: Pair[] = [
  [-0.6, 0],
  [-0.3, 40],
  [0, 70],
  [0.3, 100],
];
const yearlyChange: Pair[] = [
  [-0.5, 0],
  [-0.1, 40],
  [0, 70],
  [0.3, 100],
];

/** What `suggestScorecard` chooses from: 70 points are the signal's green limit, 40 its yellow one. */
export const defaultComponents: readonly DefaultComponent[] = [
  {
    key: 'usage',
    title: 'Product usage',
    weight: 30,
    signals: [
      asShipped('usage.stickiness', 40),
      own('usage.active_user_change', 30, change),
      own('usage.days_since_last_activity', 30, [
        [0, 100],
        [7, 70],
        [21, 40],
        [45, 0],
      ]),
      own('usage.volume_change', 30, change),
      own('usage.trend_slope', 30, [
        [-10, 0],
        [-2, 40],
        [0, 70],
        [8, 100],
      ]),
    ],
  },
  {
    key: 'adoption',
    title: 'Feature adoption',
    weight: 20,
    signals: [
      asShipped('adoption.core_ratio', 60),
      own('seats.utilization', 40, [
        [0, 0],
        [0.5, 40],
        [0.8, 70],
        [1, 100],
      ]),
      own('adoption.rate', 40, [
        [0, 0],
        [0.3, 40],
        [0.6, 70],
        [1, 100],
      ]),
    ],
  },
  {
    key: 'support',
    title: 'Support',
    weight: 15,
    signals: [
      asShipped('support.tickets_30d', 40),
      asShipped('support.sentiment', 40),
      own('support.open_high', 20, [
        [0, 100],
        [1, 70],
        [2, 40],
        [5, 0],
      ]),
    ],
  },
  {
    key: 'sentiment',
    title: 'Customer sentiment',
    weight: 10,
    signals: [
      own('sentiment.nps', 50, [
        [-100, 0],
        [0, 40],
        [40, 70],
        [100, 100],
      ]),
      own('sentiment.csat', 50, [
        [0, 0],
        [0.6, 40],
        [0.8, 70],
        [1, 100],
      ]),
    ],
  },
  {
    key: 'engagement',
    title: 'Engagement',
    weight: 15,
    signals: [
      asShipped('engagement.review_attendance', 40),
      asShipped('engagement.reply_hours', 30),
      own('engagement.days_since_touch', 30, [
        [0, 100],
        [30, 70],
        [60, 40],
        [120, 0],
      ]),
      own('engagement.attendance', 30, [
        [0, 0],
        [0.5, 40],
        [0.75, 70],
        [1, 100],
      ]),
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
      own('billing.late_ratio_365d', 30, [
        [0, 100],
        [0.1, 70],
        [0.5, 40],
        [1, 0],
      ]),
    ],
  },
];
