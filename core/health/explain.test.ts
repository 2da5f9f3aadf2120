import { describe, expect, test } from 'vitest';
import type { SignalValues } from '#core/condition/types.ts';
import { component, curve, scored } from './define.ts';
import { evaluateScorecard } from './evaluate.ts';
import { explainChange } from './explain-change.ts';
import { explainLevel } from './explain-level.ts';
import { type Likelihoods, recommend } from './recommend.ts';
import type { Scorecard } from './scorecard.ts';
import { renewal6 } from './shipped/renewal-6.ts';
import { showParts } from './shown-parts.ts';

const straight = curve([0, 100], [0, 100]);
const card: Scorecard = {
  ...renewal6,
  minCoverage: 0.4,
  components: [
    component('a', 'A', 50, [scored('a1', 60, straight), scored('a2', 40, straight)]),
    component('b', 'B', 30, [scored('b1', 100, straight)]),
    component('c', 'C', 20, [scored('c1', 100, straight)]),
  ],
};
const judge = (values: SignalValues, by = card) => evaluateScorecard(by, values);
const exact = (value: number) => expect.closeTo(value, 9);

describe('explainLevel', () => {
  test('the worked example: parts of 63.0833…', () => {
    const explanation = explainLevel(
      judge(
        {
          'usage.stickiness': 0.25,
          'adoption.core_ratio': 0.45,
          'support.tickets_30d': 3,
          'support.sentiment': 0.1,
          'engagement.review_attendance': 1,
          'engagement.reply_hours': 48,
          'billing.days_overdue': 0,
          'contract.term_months': 12,
        },
        renewal6,
      ),
    );
    expect(explanation).toMatchObject({ state: 'explained', score: { shown: 63.1 }, missing: ['outcomes.on_track'] });
    if (explanation.state !== 'explained') return;
    const parts = explanation.components.map(({ key, part, most }) => [key, part.exact * 9, part.shown, most * 9]);
    // by hand: weight × score ÷ .9, and weight ÷ .9
    expect(parts).toEqual([
      ['usage', exact(156), 17.3, exact(300)],
      ['adoption', exact(110), 12.2, exact(200)],
      ['support', exact(91.875), 10.2, exact(150)],
      ['engagement', exact(121.875), 13.6, exact(150)],
      ['contract', exact(88), 9.8, exact(100)],
    ]);
    expect(explanation.components[4]!.signals.map(({ signal, part }) => [signal, part.exact * 9, part.shown])).toEqual([
      ['billing.days_overdue', exact(60), 6.7],
      ['contract.term_months', exact(28), 3.1],
    ]);
  });

  test('without a score there is nothing but what is missing', () => {
    expect(explainLevel(judge({ c1: 5 }))).toEqual({
      state: 'insufficient',
      coverage: 0.2,
      missing: ['a1', 'a2', 'b1'],
    });
  });
});

describe('explainChange', () => {
  test('all present: each component’s weight times its change, by signal inside', () => {
    const explanation = explainChange(
      judge({ a1: 50, a2: 50, b1: 40, c1: 80 }),
      judge({ a1: 70, a2: 40, b1: 40, c1: 70 }),
    );
    expect(explanation).toEqual({
      state: 'explained',
      change: { exact: exact(2), shown: 2 },
      components: [
        {
          key: 'a',
          title: 'A',
          part: { exact: exact(4), shown: 4 },
          signals: [
            { signal: 'a1', part: { exact: exact(6), shown: 6 }, before: 50, after: 70 },
            { signal: 'a2', part: { exact: exact(-2), shown: -2 }, before: 50, after: 40 },
          ],
          coverage: { exact: exact(0), shown: 0 },
        },
        {
          key: 'b',
          title: 'B',
          part: { exact: exact(0), shown: 0 },
          signals: [{ signal: 'b1', part: { exact: exact(0), shown: 0 }, before: 40, after: 40 }],
          coverage: { exact: exact(0), shown: 0 },
        },
        {
          key: 'c',
          title: 'C',
          part: { exact: exact(-2), shown: -2 },
          signals: [{ signal: 'c1', part: { exact: exact(-2), shown: -2 }, before: 80, after: 70 }],
          coverage: { exact: exact(0), shown: 0 },
        },
      ],
      coverage: { exact: exact(0), shown: 0 },
      definition: null,
      appeared: [],
      disappeared: [],
    });
  });

  test('a component that comes is the part of coverage', () => {
    // before: (50·50 + 30·40) ÷ 80 = 46.25; after: (50·60 + 30·40 + 20·90) ÷ 100 = 60; common after: 52.5
    const explanation = explainChange(judge({ a1: 50, a2: 50, b1: 40 }), judge({ a1: 60, a2: 60, b1: 40, c1: 90 }));
    expect(explanation).toMatchObject({
      // written beside 46.3 and 60.0
      change: { exact: exact(13.75), shown: 13.7 },
      components: [
        { key: 'a', part: { exact: exact(6.25) } },
        { key: 'b', part: { exact: exact(0), shown: 0 } },
      ],
      coverage: { exact: exact(7.5) },
      appeared: ['c1'],
    });
  });

  test('a signal that goes is the part of coverage inside its component', () => {
    // A: 60·50 + 40·100 = 70 before; a1 alone, 55, after. Common: 50 to 55
    const explanation = explainChange(judge({ a1: 50, a2: 100, b1: 40, c1: 80 }), judge({ a1: 55, b1: 40, c1: 80 }));
    expect(explanation).toMatchObject({
      change: { exact: exact(-7.5), shown: -7.5 },
      components: [
        {
          part: { exact: exact(-7.5) },
          signals: [{ signal: 'a1', part: { exact: exact(2.5), shown: 2.5 } }],
          coverage: { exact: exact(-10), shown: -10 },
        },
        { key: 'b' },
        { key: 'c' },
      ],
      coverage: { exact: exact(0), shown: 0 },
      disappeared: ['a2'],
    });
  });

  test('nothing in common: all is coverage', () => {
    const lenient = { ...card, minCoverage: 0.1 };
    const explanation = explainChange(judge({ b1: 40 }, lenient), judge({ c1: 80 }, lenient));
    expect(explanation).toMatchObject({
      change: { shown: 40 },
      components: [],
      coverage: { exact: exact(40), shown: 40 },
    });
  });

  test('a new version is a part of its own: both versions at the moment of the switch', () => {
    const newer: Scorecard = {
      ...card,
      components: card.components.map((one) => ({ ...one, weight: { a: 20, b: 30, c: 50 }[one.key]! })),
    };
    const [first, middle, last] = [
      { a1: 50, a2: 50, b1: 40, c1: 80 },
      { a1: 60, a2: 60, b1: 40, c1: 80 },
      { a1: 60, a2: 60, b1: 40, c1: 90 },
    ];
    const explanation = explainChange(judge(first), judge(last, newer), [
      { before: judge(middle), after: judge(middle, newer) },
    ]);
    // old: 53 → 58; at the switch 58 → 64; new: 64 → 69
    expect(explanation).toMatchObject({
      change: { exact: exact(16), shown: 16 },
      components: [
        { key: 'a', part: { exact: exact(5), shown: 5 } },
        { key: 'b', part: { shown: 0 } },
        { key: 'c', part: { exact: exact(5), shown: 5 } },
      ],
      definition: { exact: exact(6), shown: 6 },
    });
  });

  test('without a score at either end, or at the switch, no change but what is missing', () => {
    const [whole, poor] = [judge({ a1: 1, a2: 1, b1: 1, c1: 1 }), judge({ c1: 1 })];
    expect(poor.score).toBeNull();
    const missing = ['a1', 'a2', 'b1'];
    expect(explainChange(poor, whole)).toEqual({ state: 'insufficient', at: ['before'], missing });
    expect(explainChange(whole, poor)).toEqual({ state: 'insufficient', at: ['after'], missing });
    expect(explainChange(whole, whole, [{ before: whole, after: poor }])).toEqual({
      state: 'insufficient',
      at: ['switch'],
      missing,
    });
  });
});

describe('shown parts', () => {
  test.each<[string, number[], number[]]>([
    ['figures that round the same way still add up', [0.34, 0.34, 0.32], [0.4, 0.3, 0.3]],
    ['halves', [0.05, 0.05], [0.1, 0]],
    ['a part of nothing shows nothing', [0, 0.06, 0.06, 0.06], [0, 0.1, 0.1, 0]],
    ['both signs', [-1.25, 1.25], [-1.2, 1.2]],
    ['noise of floating point is no tenth', [0.1 + 0.2, -1e-15], [0.3, 0]],
  ])('%s', (_name, exactly, shown) => {
    expect(showParts(exactly).map((part) => part.shown)).toEqual(shown);
  });
});

describe('recommend', () => {
  const values = { a1: 40, a2: 60, b1: 80, c1: 10 };

  test('the points to be won at the green limit, most first; a signal that is green gives none', () => {
    // green from 70: a1 50 % × 60 % × 30 = 9, a2 50 % × 40 % × 10 = 2, c1 20 % × 60 = 12
    expect(recommend(card, values)).toEqual([
      { signal: 'c1', component: 'c', from: 10, to: 70, points: exact(12), likelihood: null, expected: exact(12) },
      { signal: 'a1', component: 'a', from: 40, to: 70, points: exact(9), likelihood: null, expected: exact(9) },
      { signal: 'a2', component: 'a', from: 60, to: 70, points: exact(2), likelihood: null, expected: exact(2) },
    ]);
  });

  test('history says how likely each is', () => {
    const shares: Record<string, number> = { a1: 0.5, a2: 0.9, c1: 0.1 };
    const moved: Likelihoods = ({ signal }) => ({ share: shares[signal]!, chances: 30 });
    expect(recommend(card, values, moved).map(({ signal, expected }) => [signal, expected])).toEqual([
      ['a1', exact(4.5)],
      ['a2', exact(1.8)],
      ['c1', exact(1.2)],
    ]);
  });

  test('at most so many, none for a missing signal, none without a score', () => {
    expect(recommend(card, values, () => null, 1)).toHaveLength(1);
    expect(recommend(card, { a1: 40, b1: 90 }).map(({ signal }) => signal)).toEqual(['a1']);
    expect(recommend(card, { c1: 10 })).toEqual([]);
  });

  test('a signal in two components is moved in both and named once', () => {
    const twice = {
      ...card,
      components: [card.components[0]!, component('b', 'B', 50, [scored('a1', 100, straight)])],
    };
    expect(recommend(twice, { a1: 50, a2: 90 })).toEqual([
      expect.objectContaining({ signal: 'a1', points: exact(0.5 * 0.6 * 20 + 0.5 * 20) }),
    ]);
  });
});
