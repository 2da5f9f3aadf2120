import { describe, expect, test } from 'vitest';
import type { SignalValues } from '#core/condition/types.ts';
import { byHand } from './by-hand.ts';
import { pointsOnCurve } from './curve.ts';
import { evaluateScorecard } from './evaluate.ts';
import type { Curve } from './scorecard.ts';
import { behaviour4 } from './shipped/behaviour-4.ts';
import { renewal6 } from './shipped/renewal-6.ts';
import { simple4 } from './shipped/simple-4.ts';
import { shippedScorecards } from './shipped.ts';

describe('worked examples of chapter 03', () => {
  const values: SignalValues = {
    'usage.stickiness': 0.25,
    'adoption.core_ratio': 0.45,
    'support.tickets_30d': 3,
    'support.sentiment': 0.1,
    'engagement.review_attendance': 1,
    'engagement.reply_hours': 48,
    'outcomes.on_track': null,
    'billing.days_overdue': 0,
    'contract.term_months': 12,
  };

  test('1: renewal-6', () => {
    const evaluation = evaluateScorecard(renewal6, values);
    const expected = { usage: 52, adoption: 55, support: 61.25, engagement: 81.25, contract: 88 };
    for (const [key, score] of Object.entries(expected)) {
      const found = evaluation.components.find((component) => component.key === key);
      expect(Math.abs(found!.score! - score)).toBeLessThan(1e-9);
    }
    expect(evaluation.components.find(({ key }) => key === 'outcome')!.score).toBeNull();
    expect(Math.abs(evaluation.score! - (63 + 1 / 12))).toBeLessThan(1e-9);
    expect(Math.abs(evaluation.coverage - 0.9)).toBeLessThan(1e-9);
    expect(evaluation).toMatchObject({ state: 'scored', shown: 63, band: 'yellow', missing: ['outcomes.on_track'] });
  });

  test('2: simple-4 by hand', () => {
    const result = byHand({ engagement: 80, satisfaction: 60, adoption: 90, growth: 40 });
    expect(Math.abs(result.score - 68)).toBeLessThan(1e-9);
    expect(result).toMatchObject({ shown: 68, band: { name: 'Neutral' }, weakest: ['growth'], onTarget: false });
  });
});

/** The limits of the chapter's tables, written out again: signal → [value, points] at each band limit. */
const limits: [string, Curve, [number, number][]][] = [
  [
    'stickiness',
    curveOf(renewal6, 'usage.stickiness'),
    [
      [0.4, 70],
      [0.15, 40],
    ],
  ],
  [
    'core ratio',
    curveOf(renewal6, 'adoption.core_ratio'),
    [
      [0.6, 70],
      [0.3, 40],
    ],
  ],
  [
    'tickets',
    curveOf(renewal6, 'support.tickets_30d'),
    [
      [2, 70],
      [5, 40],
    ],
  ],
  [
    'sentiment',
    curveOf(renewal6, 'support.sentiment'),
    [
      [0.2, 70],
      [-0.2, 40],
    ],
  ],
  [
    'reviews',
    curveOf(renewal6, 'engagement.review_attendance'),
    [
      [0.75, 70],
      [0.5, 40],
    ],
  ],
  [
    'reply hours',
    curveOf(renewal6, 'engagement.reply_hours'),
    [
      [24, 70],
      [120, 40],
    ],
  ],
  [
    'on track',
    curveOf(renewal6, 'outcomes.on_track'),
    [
      [0.67, 70],
      [0.34, 40],
    ],
  ],
  [
    'month to month, a year',
    curveOf(renewal6, 'contract.term_months'),
    [
      [1, 40],
      [12, 70],
    ],
  ],
  [
    'overdue',
    curveOf(renewal6, 'billing.days_overdue'),
    [
      [0, 100],
      [1, 60],
      [30, 20],
      [60, 0],
    ],
  ],
  [
    'logins',
    curveOf(behaviour4, 'usage.logins_per_week_per_user'),
    [
      [3, 80],
      [2, 60],
      [1, 40],
    ],
  ],
  [
    'adoption',
    curveOf(behaviour4, 'adoption.rate'),
    [
      [0.6, 80],
      [0.45, 60],
      [0.3, 40],
    ],
  ],
  [
    'session',
    curveOf(behaviour4, 'usage.session_minutes'),
    [
      [20, 80],
      [12.5, 60],
      [5, 40],
    ],
  ],
  [
    'trend',
    curveOf(behaviour4, 'usage.trend_slope'),
    [
      [2, 80],
      [0, 70],
      [-2, 40],
    ],
  ],
  [
    'stickiness',
    curveOf(behaviour4, 'usage.stickiness'),
    [
      [0.4, 80],
      [0.15, 40],
    ],
  ],
  [
    'NPS',
    curveOf(behaviour4, 'sentiment.nps'),
    [
      [50, 80],
      [0, 50],
    ],
  ],
  [
    'sentiment',
    curveOf(behaviour4, 'support.sentiment'),
    [
      [0.2, 80],
      [-0.2, 40],
    ],
  ],
  [
    'late ratio',
    curveOf(behaviour4, 'billing.late_ratio_365d'),
    [
      [0.1, 80],
      [0.5, 40],
    ],
  ],
  [
    'growth',
    curveOf(behaviour4, 'contract.arr_change_365d'),
    [
      [0.1, 80],
      [0, 70],
      [-0.1, 40],
    ],
  ],
  [
    'attendance',
    curveOf(simple4, 'engagement.attendance'),
    [
      [0.8, 80],
      [0.5, 40],
    ],
  ],
  [
    'reply hours',
    curveOf(simple4, 'engagement.reply_hours'),
    [
      [24, 80],
      [120, 40],
    ],
  ],
  [
    'CSAT',
    curveOf(simple4, 'sentiment.csat'),
    [
      [0.85, 80],
      [0.6, 40],
    ],
  ],
  [
    'seats',
    curveOf(simple4, 'growth.seats_change_365d'),
    [
      [0.1, 80],
      [-0.1, 40],
    ],
  ],
];

describe('curves meet the band limits', () => {
  test.each(limits)('%s', (_name, curve, points) => {
    for (const [x, y] of points) expect(Math.abs(pointsOnCurve(curve, x)! - y)).toBeLessThan(1e-9);
  });

  test.each(shippedScorecards)('$key: every curve runs from 0 or its worst to 100, one way', (scorecard) => {
    for (const { signal, curve } of scorecard.components.flatMap(({ signals }) => signals)) {
      if (curve === null) expect(signal).toBe('contract.multi_year');
      else if ('points' in curve) {
        const ys = curve.points.map(({ y }) => y);
        expect(Math.max(...ys)).toBe(100);
        expect([ys, ys.toReversed()]).toContainEqual(ys.toSorted((a, b) => a - b));
      }
    }
  });
});

describe('weights of the whole', () => {
  const share = (scorecard: typeof renewal6, signal: string) => {
    const component = scorecard.components.find(({ signals }) => signals.some((one) => one.signal === signal))!;
    return (component.weight * component.signals.find((one) => one.signal === signal)!.weight) / 100;
  };
  test.each([
    ['usage.logins_per_week_per_user', 15],
    ['adoption.rate', 15],
    ['usage.session_minutes', 10],
    ['usage.trend_slope', 20],
    ['usage.stickiness', 10],
    ['sentiment.nps', 10],
    ['support.sentiment', 10],
    ['billing.late_ratio_365d', 5],
    ['contract.arr_change_365d', 5],
  ])('behaviour-4 gives %s %i %', (signal, percent) => expect(share(behaviour4, signal)).toBeCloseTo(percent, 12));

  test('multi-year is shown and counts nothing', () => expect(share(renewal6, 'contract.multi_year')).toBe(0));
});

function curveOf(scorecard: typeof renewal6, signal: string): Curve {
  return scorecard.components.flatMap(({ signals }) => signals).find((one) => one.signal === signal)!.curve!;
}
