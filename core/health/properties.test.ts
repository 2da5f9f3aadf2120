import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignalName, SignalValue, SignalValues } from '#core/condition/types.ts';
import { checkScorecard } from './check.ts';
import { pointsOnCurve } from './curve.ts';
import { type Evaluation, evaluateScorecard } from './evaluate.ts';
import { type ChangeExplanation, explainChange } from './explain-change.ts';
import { explainLevel } from './explain-level.ts';
import { recommend } from './recommend.ts';
import type { Component, Curve, Scorecard, ScorecardSignal } from './scorecard.ts';
import { createScorer } from './scorer.ts';
import { renewal6 } from './shipped/renewal-6.ts';
import { type Part, roundToTenth, showParts } from './shown-parts.ts';

const numbers = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
const booleans = ['b1', 'b2'];
const names: SignalName[] = [
  ...numbers.map((key) => ({ key, type: 'number' as const })),
  ...booleans.map((key) => ({ key, type: 'boolean' as const })),
];

const y = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true }));
const points = fc
  .uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 6 })
  .chain((xs) =>
    fc
      .array(y, { minLength: xs.length, maxLength: xs.length })
      .map((ys): Curve => ({ points: xs.toSorted((a, b) => a - b).map((x, i) => ({ x, y: ys[i]! })) })),
  );
const answers: fc.Arbitrary<Curve> = fc.record({ whenTrue: y, whenFalse: y });
const weight = fc.integer({ min: 1, max: 100 });

/** Weights that sum to 100, in proportion. */
function toPercents<T extends { weight: number }>(parts: T[]): T[] {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  return parts.map((part) => ({ ...part, weight: (part.weight / total) * 100 }));
}

const signalsOfComponent: fc.Arbitrary<ScorecardSignal[]> = fc
  .uniqueArray(fc.constantFrom(...numbers, ...booleans), { minLength: 1, maxLength: 4 })
  .chain((keys) =>
    fc.tuple(
      ...keys.map((signal) =>
        fc.record({ signal: fc.constant(signal), weight, curve: booleans.includes(signal) ? answers : points }),
      ),
    ),
  )
  .map(toPercents);

const scorecards: fc.Arbitrary<Scorecard> = fc
  .record({
    components: fc
      .array(fc.record({ weight, signals: signalsOfComponent }), { minLength: 1, maxLength: 5 })
      .map((all) => toPercents(all.map((one, i): Component => ({ key: `c${i}`, title: `C ${i}`, ...one })))),
    minCoverage: fc.constantFrom(0, 0.25, 0.5, 0.75),
  })
  .map((one) => ({ ...renewal6, ...one }));

const value = fc.oneof(fc.integer({ min: -60, max: 60 }), fc.double({ min: -60, max: 60, noNaN: true }));
const signalValues: fc.Arbitrary<SignalValues> = fc.record(
  Object.fromEntries<fc.Arbitrary<SignalValue>>([
    ...numbers.map((key) => [key, fc.option(value, { freq: 4 })] as const),
    ...booleans.map((key) => [key, fc.option(fc.boolean(), { freq: 4 })] as const),
  ]),
);

const adds = (parts: readonly Part[], sum: Part) => {
  expect(parts.reduce((total, { exact }) => total + exact, 0)).toBeCloseTo(sum.exact, 9);
  expect(parts.reduce((total, { shown }) => total + Math.round(shown * 10), 0)).toBe(Math.round(sum.shown * 10));
  for (const { exact, shown } of [...parts, sum]) expect(Math.abs(exact - shown)).toBeLessThan(0.1 + 1e-6);
};

describe('a second, naive evaluation agrees', () => {
  test('on random scorecards and values with missing ones', () => {
    fc.assert(
      fc.property(scorecards, signalValues, (scorecard, values) => {
        const evaluation = evaluateScorecard(scorecard, values);
        const naive = naiveScore(scorecard, values);
        expect(evaluation.coverage).toBeCloseTo(naive.coverage, 9);
        if (Math.abs(naive.coverage - scorecard.minCoverage) < 1e-9 && naive.score !== null)
          expect(evaluation.state).toBe('scored');
        else if (naive.coverage < scorecard.minCoverage || naive.score === null) expect(evaluation.score).toBeNull();
        else expect(evaluation.score).toBeCloseTo(naive.score, 9);
      }),
    );
  });
});

/** The chapter's sentences, written out as plainly as can be. */
function naiveScore({ components }: Scorecard, values: SignalValues): { score: number | null; coverage: number } {
  let top = 0;
  let bottom = 0;
  let covered = 0;
  let all = 0;
  for (const { weight, signals } of components) {
    const present = signals.filter(({ signal, curve }) => curve !== null && (values[signal] ?? null) !== null);
    const presentWeight = present.map((one) => one.weight).reduce((a, b) => a + b, 0);
    all += weight;
    covered += (weight * presentWeight) / signals.map((one) => one.weight).reduce((a, b) => a + b, 0);
    if (presentWeight === 0) continue;
    const points = present.map((one) => one.weight * naivePoints(one.curve!, values[one.signal] as number | boolean));
    top += (weight * points.reduce((a, b) => a + b, 0)) / presentWeight;
    bottom += weight;
  }
  return { score: bottom === 0 ? null : top / bottom, coverage: covered / all };
}

function naivePoints(over: Curve, value: number | boolean): number {
  if (!('points' in over)) return value ? over.whenTrue : over.whenFalse;
  const x = Math.min(Math.max(value as number, over.points[0]!.x), over.points.at(-1)!.x);
  const i = Math.max(1, over.points.filter((point) => point.x < x).length);
  const [a, b] = [over.points[i - 1]!, over.points[i]!];
  const part = (x - a.x) / (b.x - a.x);
  return a.y * (1 - part) + b.y * part;
}

describe('explanations add up', () => {
  test('of a level: components to the score, signals to their component, exactly and as shown', () => {
    fc.assert(
      fc.property(scorecards, signalValues, (scorecard, values) => {
        const explanation = explainLevel(evaluateScorecard(scorecard, values));
        if (explanation.state === 'insufficient') return;
        const parts = explanation.components.map(({ part }) => part);
        adds(parts, explanation.score);
        expect(explanation.components.reduce((total, { most }) => total + most, 0)).toBeCloseTo(100, 9);
        for (const { part, signals, most } of explanation.components) {
          adds(
            signals.map((one) => one.part),
            part,
          );
          expect(signals.reduce((total, one) => total + one.most, 0)).toBeCloseTo(most, 9);
        }
      }),
    );
  });

  test('of a change, with missing signals and changes of definition', () => {
    fc.assert(
      fc.property(
        fc.array(scorecards, { minLength: 1, maxLength: 3 }),
        fc.array(signalValues, { minLength: 4, maxLength: 4 }),
        (versions, values) => {
          const { explanation, before, after } = explainVersions(versions, values);
          if (explanation.state === 'insufficient') return;
          const { change, components, coverage, definition } = explanation;
          expect(change.exact).toBe(after.score! - before.score!);
          expect(definition === null).toBe(versions.length === 1);
          adds([...components.map(({ part }) => part), coverage, ...(definition === null ? [] : [definition])], change);
          for (const one of components) adds([...one.signals.map(({ part }) => part), one.coverage], one.part);
        },
      ),
    );
  });

  test('of a change: every part is what the chapter says it is', () => {
    fc.assert(
      fc.property(scorecards, signalValues, signalValues, (scorecard, earlier, later) => {
        const before = evaluateScorecard(scorecard, earlier);
        const after = evaluateScorecard(scorecard, later);
        const explanation = explainChange(before, after);
        if (explanation.state === 'insufficient') return;
        const common = before.components.flatMap((from, i) => {
          const to = after.components[i]!;
          return from.score === null || to.score === null ? [] : [{ from, to }];
        });
        const whole = common.reduce((total, { from }) => total + from.weight, 0);
        const over = (end: 'from' | 'to') =>
          whole === 0 ? 0 : common.reduce((total, one) => total + one[end].weight * one[end].score!, 0) / whole;
        expect(explanation.components.map(({ key }) => key)).toEqual(common.map(({ from }) => from.key));
        for (const [i, { from, to }] of common.entries()) {
          expect(explanation.components[i]!.part.exact).toBeCloseTo(
            (from.weight / whole) * (to.score! - from.score!),
            9,
          );
        }
        expect(explanation.coverage.exact).toBeCloseTo(after.score! - over('to') - (before.score! - over('from')), 9);
      }),
    );
  });

  test('nothing changed: every part is zero, exactly and as shown', () => {
    fc.assert(
      fc.property(scorecards, signalValues, (scorecard, values) => {
        const evaluation = evaluateScorecard(scorecard, values);
        const explanation = explainChange(evaluation, evaluation);
        if (explanation.state === 'insufficient') return;
        for (const { part } of explanation.components) expect(part).toEqual({ exact: 0, shown: 0 });
        expect(explanation.coverage.shown).toBe(0);
      }),
    );
  });

  test('shown parts: any parts, each one of its two nearest figures', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (exact) => {
          const sum = exact.reduce((total, one) => total + one, 0);
          const parts = showParts(exact);
          adds(parts, { exact: sum, shown: roundToTenth(sum) });
          for (const part of parts) if (part.exact === 0) expect(part.shown).toBe(0);
        },
      ),
    );
  });
});

/** Judges values[0] by the first version … values.at(-1) by the last, with a switch between each two. */
function explainVersions(versions: Scorecard[], values: SignalValues[]) {
  const before = evaluateScorecard(versions[0]!, values[0]!);
  const after = evaluateScorecard(versions.at(-1)!, values[3]!);
  const switches = versions.slice(1).map((version, i) => ({
    before: evaluateScorecard(versions[i]!, values[i + 1]!),
    after: evaluateScorecard(version, values[i + 1]!),
  }));
  return { before, after, explanation: explainChange(before, after, switches) as ChangeExplanation };
}

describe('recommendations', () => {
  test('what they promise is what the score would be, at the nearest value that reaches green', () => {
    fc.assert(
      fc.property(scorecards, signalValues, (scorecard, values) => {
        const now = evaluateScorecard(scorecard, values);
        const all = recommend(scorecard, values);
        expect(all.length).toBeLessThanOrEqual(3);
        for (const [i, one] of all.entries()) {
          const then: Evaluation = evaluateScorecard(scorecard, { ...values, [one.signal]: one.to });
          expect(then.score! - now.score!).toBeCloseTo(one.points, 9);
          expect(one.points).toBeGreaterThan(0);
          if (i > 0) expect(one.points).toBeLessThanOrEqual(all[i - 1]!.points);
          expectNearest(scorecard, one.component, one.signal, one.from, one.to);
        }
      }),
    );
  });
});

/** No value nearer to `from` on a fine grid gives as many points as the green limit demands. */
function expectNearest(
  scorecard: Scorecard,
  component: string,
  signal: string,
  from: SignalValue,
  to: number | boolean,
) {
  const { signals } = scorecard.components.find(({ key }) => key === component)!;
  const over = signals.find((one) => one.signal === signal)!.curve!;
  expect(pointsOnCurve(over, to)!).toBeGreaterThan(70 - 1e-6);
  if (typeof from !== 'number' || typeof to !== 'number') return;
  for (let step = 0; step < 200; step++) {
    const moved = (Math.abs(to - from) * step) / 200;
    for (const x of [from - moved, from + moved]) expect(pointsOnCurve(over, x)!).toBeLessThan(70);
  }
}

test('every random scorecard passes the check unchanged', () => {
  fc.assert(
    fc.property(scorecards, (scorecard) => {
      expect(checkScorecard(scorecard, names)).toEqual({ ok: true, scorecard });
    }),
  );
});

test('any JSON is checked without throwing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(checkScorecard(json, names).ok).toBe(false);
      expect(checkScorecard({ ...renewal6, components: json, bands: json, appliesTo: json }, names).ok).toBe(false);
    }),
  );
});

test('a scorer gives the very score and band of the evaluation', () => {
  fc.assert(
    fc.property(scorecards, fc.array(signalValues, { minLength: 1, maxLength: 5 }), (scorecard, accounts) => {
      const scorer = createScorer(scorecard);
      for (const values of accounts) {
        const { score, band } = evaluateScorecard(scorecard, values);
        expect(scorer(values)).toEqual({ score, band });
      }
    }),
  );
});
