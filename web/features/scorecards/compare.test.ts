import { describe, expect, it } from 'vitest';
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

describe('what differs between versions', () => {
  it.each([
    ['nothing', renewal6, []],
    ['a weight', setComponent(renewal6, 0, { weight: 35 }), ['Product usage: weight 30% → 35%']],
    [
      'a curve',
      setComponent(renewal6, 0, setSignal(usage!, 0, { curve })),
      ['Product usage: curve of usage.stickiness: 0→0 0.15→40 0.4→70 0.6→100 → 0→0 0.5→100'],
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
    expect(differences(renewal6, after, (signal) => signal)).toEqual(expected);
  });

  it('does not mind the order of fields', () => {
    const turned = Object.fromEntries(Object.entries(renewal6).reverse()) as unknown as typeof renewal6;
    expect(sameDefinition(renewal6, turned)).toBe(true);
    expect(sameDefinition(renewal6, null)).toBe(false);
  });
});
