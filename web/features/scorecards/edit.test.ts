import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkScorecard } from '#core/health/check.ts';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import {
  addBand,
  addComponent,
  addSignal,
  componentKey,
  defaultCurve,
  fillUp,
  fillUpComponents,
  fillUpSignals,
  moved,
  removeBand,
  setBand,
  setComponent,
  weightSum,
  without,
} from './edit.ts';

describe('weights', () => {
  it('sum to exactly 100 after filling up, whatever they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (weights) => {
          const filled = fillUp(weights);
          expect(weightSum(filled.map((weight) => ({ weight })))).toBe(100);
          expect(filled.every((weight) => weight >= 0)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['3.5% missing', [50, 46.5], [51.8, 48.2]],
    ['thirds', [1, 1, 1], [33.4, 33.3, 33.3]],
    ['nothing given', [0, 0], [50, 50]],
    ['one not a number', [Number.NaN, 60], [0, 100]],
    ['none', [], []],
  ])('%s', (_, weights, expected) => {
    expect(fillUp(weights)).toEqual(expected);
  });

  it('of signals that are only shown stay 0', () => {
    const contract = renewal6.components.at(-1)!;
    const filled = fillUpSignals({
      ...contract,
      signals: contract.signals.map((one) => ({ ...one, weight: one.weight / 2 })),
    });
    expect(filled.signals.map(({ weight }) => weight)).toEqual([60, 40, 0]);
  });
});

describe('a scorecard being edited', () => {
  const ok = (card: unknown) => checkScorecard(card, CATALOGUE);

  it('can be saved after a component was added, filled and the weights filled up', () => {
    const shape = CATALOGUE.find(({ key }) => key === 'sentiment.nps')!;
    const added = addComponent(renewal6);
    const index = added.components.length - 1;
    expect(added.components[index]!.weight).toBe(0);
    const filled = setComponent(added, index, { ...addSignal(added.components[index]!, shape), weight: 20 });
    expect(ok(filled)).toMatchObject({ ok: false });
    expect(ok(fillUpComponents(filled))).toMatchObject({ ok: true });
  });

  it.each(CATALOGUE.map((signal) => [signal.key, signal] as const))('a usual curve of %s can be saved', (_, signal) => {
    const curve = defaultCurve(signal);
    const one = { signal: signal.key, weight: curve === null ? 0 : 100, curve };
    const filler = {
      signal: 'usage.stickiness',
      weight: curve === null ? 100 : 0,
      curve: {
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 100 },
        ],
      },
    };
    const signals = signal.key === 'usage.stickiness' ? [one] : [one, filler];
    const card = { ...renewal6, components: [{ key: 'a', title: 'A', weight: 100, signals }] };
    expect(ok(card)).toMatchObject({ ok: true });
  });

  it('keeps bands joined: the upper end follows the band above', () => {
    const changed = setBand(renewal6, 1, { lower: 50 });
    expect(changed.bands.map(({ lower, upper }) => [lower, upper])).toEqual([
      [70, 100],
      [50, 70],
      [0, 50],
    ]);
    expect(ok(changed)).toMatchObject({ ok: true });
  });

  it('can get and lose bands and still cover 0 to 100', () => {
    const four = addBand(renewal6);
    expect(four.bands).toHaveLength(4);
    expect(ok(four)).toMatchObject({ ok: true });
    for (let index = 0; index < 4; index++) expect(ok(removeBand(four, index))).toMatchObject({ ok: true });
    expect(removeBand({ ...renewal6, bands: [renewal6.bands[0]!] }, 0).bands).toHaveLength(1);
  });

  it('gives keys that no other component has', () => {
    expect(componentKey('Produkt-Nutzung über alles', [])).toBe('produkt-nutzung-uber-alles');
    expect(componentKey('Usage', [{ key: 'usage' }, { key: 'usage-2' }])).toBe('usage-3');
    expect(componentKey('利用', [])).toBe('component');
  });

  it('moves and removes by place', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(without(['a', 'b'], 0)).toEqual(['b']);
  });
});
