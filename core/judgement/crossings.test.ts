import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '#core/condition/evaluate.ts';
import { parse } from '#core/condition/parse.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { curve, scored } from '#core/health/define.ts';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { shippedRules } from '#core/risk/shipped.ts';
import { crossingsBetween, limitsOf } from './crossings.ts';

const rule = (text: string, enabled = true) => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(text);
  return { ...shippedRules[0]!, condition: parsed.condition, enabled };
};
const limits = (...texts: string[]) => limitsOf({ scorecards: [], rules: texts.map((text) => rule(text)) });

describe('a limit is crossed where what it asks turns', () => {
  test.each<[text: string, from: SignalValue, to: SignalValue, thresholds: number[]]>([
    ['x > 10', 10, 11, [10]],
    ['x > 10', 11, 10, [10]],
    ['x > 10', 9, 10, []],
    ['x >= 15', 14, 15, [15]],
    ['x >= 15', 15, 16, []],
    ['x <= -0.5', -0.5, -0.4, [-0.5]],
    ['x < 0.5', 0.5, 0.6, []],
    ['x between 2 and 5', 1, 2, [2]],
    ['x between 2 and 5', 5, 6, [5]],
    ['x between 2 and 5', 1, 6, [2, 5]],
    ['x = 3', 2, 3, [3]],
    ['x = 3', 2, 4, []],
    ['x in (1, 2)', 1, 2, [1, 2]],
    ['x = true', false, true, [1]],
    ['not (x > 10 or y < 3)', 10, 11, [10]],
    ['x > 10 and x > 10', 10, 11, [10]],
    ['x > 10 and x >= 10', 9, 11, [10]],
    ['x > 10', null, 11, []],
    ['x > 10', 11, null, []],
    ['x = "text"', 'text', 'other', []],
    ['x is missing', 1, 2, []],
  ])('%s from %s to %s', (text, from, to, thresholds) => {
    const crossings = crossingsBetween(limits(text), { x: from }, { x: to });
    expect(crossings.map(({ threshold }) => threshold)).toEqual(thresholds);
  });

  test('whenever a comparison of two known values turns', () => {
    const small = fc.integer({ min: -3, max: 3 });
    const text = fc.oneof(
      fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), small).map(([op, limit]) => `x ${op} ${limit}`),
      fc.tuple(small, fc.nat(3)).map(([low, more]) => `x between ${low} and ${low + more}`),
    );
    fc.assert(
      fc.property(text, small, small, (asked, from, to) => {
        const { condition } = rule(asked);
        if (evaluate(condition, { x: from }) === evaluate(condition, { x: to })) return;
        expect(crossingsBetween(limits(asked), { x: from }, { x: to })).not.toEqual([]);
      }),
    );
  });
});

test('the limits are those of enabled rules, and of curves where they meet a band', () => {
  const scorecard = {
    ...renewal6,
    components: [
      { key: 'c', title: 'C', weight: 100, signals: [scored('x', 100, curve([0, 7, 21, 45], [100, 70, 40, 0]))] },
    ],
  };
  const found = limitsOf({
    scorecards: [{ id: 1, version: 1, primary: true, scorecard }],
    rules: [rule('y > 1'), rule('z > 1', false)],
  });
  expect([...found].map(([key, own]) => [key, own.map(({ at }) => at)])).toEqual([
    ['y', [1]],
    ['x', [7, 21, 45]],
  ]);
});
