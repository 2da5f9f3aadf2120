import { describe, expect, it } from 'vitest';
import type { Curve } from '#core/health/scorecard.ts';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { differences, sameDefinition } from './compare.ts';
import { removeBand, setBand, setComponent, setSignal, without } from './edit.ts';

const [usage, , support] = renewal6.components;
const curve = {
  points: [
    { x: 0, y: 0 },
    { x: 0.5, y: 100 },
  ],
};

function withPointOnTheLine(curve: Curve): Curve {
  if (!('points' in curve)) return curve;
  const [first, second, ...others] = curve.points;
  const between = { x: (first!.x + second!.x) / 2, y: (first!.y + second!.y) / 2 };
  return { points: [first!, between, second!, ...others] };
}

describe('what differs between versions', () => {
  it.each([
    ['nothing', renewal6, []],
    ['a weight', setComponent(renewal6, 0, { weight: 35 }), ['Product usage: weight 30% → 35%']],
    [
      'a curve',
      setComponent(renewal6, 0, setSignal(usage!, 0, { curve })),
      [
        'Product usage: usage.stickiness: 15% gives 30 points instead of 40; 40% gives 80 points instead of 70; 50% gives 100 points instead of 85',
      ],
    ],
    [
      'a point that is on the line already',
      setComponent(renewal6, 0, setSignal(usage!, 0, { curve: withPointOnTheLine(usage!.signals[0]!.curve!) })),
      ['Product usage: usage.stickiness: hardly changed'],
    ],
    [
      'a signal that counts no more',
      setComponent(renewal6, 0, setSignal(usage!, 0, { curve: null })),
      ['Product usage: usage.stickiness: is shown only, and counts no more'],
    ],
    [
      'a signal taken away',
      setComponent(renewal6, 2, { signals: without(support!.signals, 1) }),
      ['Support sentiment: support.sentiment removed'],
    ],
    [
      'a component taken away',
      { ...renewal6, components: without(renewal6.components, 4) },
      ['Business outcome: removed'],
    ],
    ['a limit', setBand(renewal6, 1, { lower: 45 }), ['Band Yellow: from 40 → from 45']],
    ['a band taken away', removeBand(renewal6, 2), ['Band Red: removed', 'Band Yellow: from 40 → from 0']],
    ['the coverage', { ...renewal6, minCoverage: 0.6 }, ['Least coverage: 50% → 60%']],
  ])('%s', (_, after, expected) => {
    const wording = {
      titleOf: (signal: string) => signal,
      writtenValue: (_signal: string, value: number) => `${Math.round(value * 100)}%`,
    };
    expect(differences(renewal6, after, wording)).toEqual(expected);
  });

  it('does not mind the order of fields', () => {
    const turned = Object.fromEntries(Object.entries(renewal6).reverse()) as unknown as typeof renewal6;
    expect(sameDefinition(renewal6, turned)).toBe(true);
    expect(sameDefinition(renewal6, null)).toBe(false);
  });
});
