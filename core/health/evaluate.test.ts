import { describe, expect, test } from 'vitest';
import type { SignalValues } from '#core/condition/types.ts';
import { byHand } from './by-hand.ts';
import { nearestValueReaching, pointsOnCurve } from './curve.ts';
import { component, curve, scored } from './define.ts';
import { bandOf, evaluateScorecard, roundHalfUp } from './evaluate.ts';
import type { Curve, Scorecard } from './scorecard.ts';
import { renewal6 } from './shipped/renewal-6.ts';

const rising = curve([0, 10, 20, 30], [0, 40, 70, 100]);
const hill = curve([0, 10, 20, 30], [0, 100, 0, 90]);
const yes: Curve = { whenTrue: 90, whenFalse: 10 };
const straight = curve([0, 100], [0, 100]);

describe('curve', () => {
  test.each<[string, Curve, number | boolean | string | null, number | null]>([
    ['at a point', rising, 10, 40],
    ['between two points', rising, 15, 55],
    ['flat before the first', rising, -5, 0],
    ['flat after the last', rising, 1e9, 100],
    ['missing', rising, null, null],
    ['not a number', rising, Number.NaN, null],
    ['infinite', rising, Infinity, null],
    ['a boolean on points', rising, true, null],
    ['a text', rising, '10', null],
    ['true', yes, true, 90],
    ['false', yes, false, 10],
    ['a number on a boolean', yes, 1, null],
  ])('%s', (_name, over, value, points) => expect(pointsOnCurve(over, value)).toBe(points));

  test.each<[string, Curve, number | boolean | null, number, number | boolean | null]>([
    ['up to the crossing', rising, 5, 70, 20],
    ['already there', rising, 25, 70, 25],
    ['never reached', curve([0, 1], [0, 60]), 0.5, 70, null],
    ['down to the crossing', curve([0, 30], [100, 40]), 30, 70, 15],
    ['the nearer side of a hill', hill, 14, 80, 12],
    ['the other side of a valley', hill, 22, 45, 25],
    ['the nearer of the two sides of a valley', hill, 16, 45, 15.5],
    ['from far outside', rising, -500, 70, 20],
    ['the other answer', yes, false, 70, true],
    ['no better answer', { whenTrue: 50, whenFalse: 10 }, false, 70, null],
    ['missing', rising, null, 70, null],
  ])('nearest value: %s', (_name, over, value, wanted, nearest) => {
    expect(nearestValueReaching(over, value, wanted)).toEqual(nearest);
  });
});

describe('bands and rounding', () => {
  test.each([
    [70, 'green'],
    [70 - 1e-10, 'green'],
    [70 - 1e-8, 'yellow'],
    [69.99, 'yellow'],
    [40, 'yellow'],
    [40 - 5e-10, 'yellow'],
    [39.999, 'red'],
    [0, 'red'],
    [-1e-12, 'red'],
    [100, 'green'],
  ])('%d is %s', (score, band) => expect(bandOf(score, renewal6.bands).key).toBe(band));

  test.each([
    [63.0833, 63],
    [63.5, 64],
    [63.49, 63],
    [0.5, 1],
    [63.5 - 1e-12, 64],
    [100, 100],
    [0, 0],
  ])('%d is shown as %i', (score, shown) => expect(roundHalfUp(score)).toBe(shown));
});

describe('coverage', () => {
  const halves: Scorecard = {
    ...renewal6,
    components: [
      component('a', 'A', 50, [scored('a1', 50, straight), scored('a2', 50, straight)]),
      component('b', 'B', 50, [scored('b1', 100, straight)]),
    ],
  };
  test.each<[string, SignalValues, number, number | null, string[]]>([
    ['all there', { a1: 10, a2: 20, b1: 80 }, 1, 47.5, []],
    ['a component with any signal counts with its whole weight', { a1: 10, b1: 80 }, 0.75, 45, ['a2']],
    ['at 0.5 there is a score', { b1: 80 }, 0.5, 80, ['a1', 'a2']],
    ['below 0.5 there is none, but what is missing', { a1: 10 }, 0.25, null, ['a2', 'b1']],
    ['nothing at all', {}, 0, null, ['a1', 'a2', 'b1']],
  ])('%s', (_name, values, coverage, score, missing) => {
    const evaluation = evaluateScorecard(halves, values);
    const state = score === null ? 'insufficient' : 'scored';
    expect(evaluation).toMatchObject({ state, score, coverage, missing });
    if (score === null) expect(evaluation).toMatchObject({ shown: null, band: null });
  });

  test('at 0.5 there is a score even where weights do not add up exactly', () => {
    const thirds = [100 / 3, 100 / 3, 100 / 3].map((weight, i) => scored(`a${i}`, weight, straight));
    const sixths = {
      ...halves,
      components: [component('a', 'A', 90, thirds), component('b', 'B', 10, [scored('b', 100, straight)])],
    };
    // 90 × 1/3 + 10 = 40; 90 × 2/3 = 60: the limit is set to exactly these
    for (const [values, minCoverage] of [
      [{ a0: 1, b: 1 }, 0.4],
      [{ a0: 1, a1: 1 }, 0.6],
    ] as const) {
      expect(evaluateScorecard({ ...sixths, minCoverage }, values).state).toBe('scored');
      expect(evaluateScorecard({ ...sixths, minCoverage: minCoverage + 1e-6 }, values).state).toBe('insufficient');
    }
  });

  test('without any scored signal there is no score even where none is demanded', () => {
    expect(evaluateScorecard({ ...halves, minCoverage: 0 }, {})).toMatchObject({ state: 'insufficient', score: null });
  });

  test('a signal of weight 0 is shown, not scored, and never missing', () => {
    const values = { 'usage.stickiness': 0.4, 'adoption.core_ratio': 0.6, 'contract.multi_year': true };
    const evaluation = evaluateScorecard(renewal6, values);
    expect(evaluation.components[5]).toMatchObject({ score: null, coverage: 0 });
    expect(evaluation.components[5]!.signals[2]).toEqual({
      signal: 'contract.multi_year',
      weight: 0,
      value: true,
      points: null,
    });
    expect(evaluation.missing).not.toContain('contract.multi_year');
    expect(evaluation).toMatchObject({ coverage: 0.5, score: 70, band: 'green' });
  });
});

describe('by hand', () => {
  test('all that share the lowest are weakest, each with what to do', () => {
    const result = byHand({ engagement: 40, satisfaction: 90, adoption: 40, growth: 60 });
    expect(result.weakest).toEqual(['engagement', 'adoption']);
    expect(result.recommendations.map(({ factor }) => factor)).toEqual(['engagement', 'adoption']);
    for (const { texts } of result.recommendations) expect(texts.length).toBeGreaterThan(0);
  });

  test.each([
    [100, 'Healthy', 100, true, []],
    [80, 'Healthy', 80, false, ['engagement', 'satisfaction', 'adoption', 'growth']],
    [60, 'Neutral', 60, false, ['engagement', 'satisfaction', 'adoption', 'growth']],
    [40, 'At risk', 40, false, ['engagement', 'satisfaction', 'adoption', 'growth']],
    [39, 'Critical', 39, false, ['engagement', 'satisfaction', 'adoption', 'growth']],
    [-20, 'Critical', 0, false, ['engagement', 'satisfaction', 'adoption', 'growth']],
    [300, 'Healthy', 100, true, []],
  ])('all at %i is %s', (figure, name, shown, onTarget, weakest) => {
    const result = byHand({ engagement: figure, satisfaction: figure, adoption: figure, growth: figure });
    expect(result).toMatchObject({ band: { name }, shown, onTarget, weakest });
  });

  test('above 80 is on target, 80 is not', () => {
    expect(byHand({ engagement: 80, satisfaction: 80, adoption: 80, growth: 81 }).onTarget).toBe(true);
  });
});
