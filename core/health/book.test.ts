import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignalName } from '#core/condition/types.ts';
import { checkScorecard } from './check.ts';
import { pointsOnCurve } from './curve.ts';
import { defaultComponents } from './default-curves.ts';
import { evaluateScorecard } from './evaluate.ts';
import { applyOverride, checkOverride, type Override } from './override.ts';
import { BookPreview, type PreviewAccount } from './preview.ts';
import { renewal6 } from './shipped/renewal-6.ts';
import { suggestScorecard, wholePercents } from './suggest.ts';

const now = Date.UTC(2026, 4, 1);
const { bands } = renewal6;

describe('override', () => {
  const computed = evaluateScorecard(renewal6, { 'usage.stickiness': 0.4, 'adoption.core_ratio': 0.6 });
  const override = (change: Partial<Override>): Override => ({
    ...{ score: null, band: null, reason: 'the sponsor told us', setAt: now - 10, until: now + 10 },
    ...change,
  });

  test.each<[string, Override | null, [number | null, string | null, boolean]]>([
    ['none', null, [70, 'green', false]],
    ['a score brings its band', override({ score: 39.5 }), [39.5, 'red', true]],
    ['a band leaves the score', override({ band: 'red' }), [70, 'red', true]],
    ['not yet', override({ score: 1, setAt: now + 1 }), [70, 'green', false]],
    ['from its first instant', override({ score: 1, setAt: now }), [1, 'red', true]],
    ['no longer at its end', override({ score: 1, until: now }), [70, 'green', false]],
    ['a band that is gone', override({ band: 'neutral' }), [70, 'green', false]],
  ])('%s', (_name, given, [score, band, inForce]) => {
    const judgement = applyOverride(computed, given, bands, now);
    expect(judgement).toMatchObject({ score, band, computed });
    expect(judgement.override).toBe(inForce ? given : null);
  });

  test('a score over insufficient data; the computed state stays beside it', () => {
    const judgement = applyOverride(evaluateScorecard(renewal6, {}), override({ score: 69.5 }), bands, now);
    expect(judgement).toMatchObject({ score: 69.5, shown: 70, band: 'yellow', computed: { state: 'insufficient' } });
  });

  const given = { score: 50, reason: 'x', until: now + 1 };
  test.each<[string, unknown, string[]]>([
    ['both', { ...given, band: 'red' }, ['']],
    ['neither', { reason: 'x', until: now + 1 }, ['']],
    ['no reason', { score: 50, until: now + 1 }, ['reason']],
    ['an end that is over', { ...given, until: now }, ['until']],
    ['a score above 100', { ...given, score: 101 }, ['score']],
    ['a band that is not there', { ...given, score: null, band: 'blue' }, ['band']],
  ])('is refused with %s', (_name, json, paths) => {
    const checked = checkOverride(json, bands, now);
    expect(checked.ok === false && checked.problems.map(({ path }) => path)).toEqual(paths);
  });

  test('is accepted with a score or a band, a reason and an end', () => {
    const set = { reason: 'x', setAt: now, until: now + 1 };
    expect(checkOverride(given, bands, now)).toEqual({ ok: true, override: { ...set, score: 50, band: null } });
    const byBand = { ...given, score: null, band: 'red' };
    expect(checkOverride(byBand, bands, now)).toEqual({ ok: true, override: { ...set, score: null, band: 'red' } });
  });
});

describe('BookPreview', () => {
  const judged = (score: number | null, band: string | null) => ({ score, band });
  const account = (name: string, arrMinor: number | null, before: number | null, after: number | null) => {
    const band = (score: number | null) =>
      score === null ? null : score >= 70 ? 'green' : score >= 40 ? 'yellow' : 'red';
    return { account: name, arrMinor, before: judged(before, band(before)), after: judged(after, band(after)) };
  };

  function preview<T>(accounts: readonly PreviewAccount<T>[], mostChanges = 100) {
    const book = new BookPreview<T>(mostChanges);
    for (const one of accounts) book.add(one);
    return book.result();
  }

  test('how many change band, which, and the ARR affected', () => {
    const book = [
      account('stays', 1000, 80, 90),
      account('also stays', 50, 75, 70),
      account('falls', 200, 72, 60),
      account('falls too', 700, 71, 50),
      account('gets a score', null, null, 45),
      account('loses it', 10, 20, null),
    ];
    expect(preview(book)).toEqual({
      accounts: 6,
      changed: 4,
      arrChangedMinor: 910,
      moves: [
        { from: 'green', to: 'green', accounts: 2, arrMinor: 1050 },
        { from: 'green', to: 'yellow', accounts: 2, arrMinor: 900 },
        { from: null, to: 'yellow', accounts: 1, arrMinor: 0 },
        { from: 'red', to: null, accounts: 1, arrMinor: 10 },
      ],
      changes: [
        { account: 'falls too', from: 'green', to: 'yellow', scoreBefore: 71, scoreAfter: 50, arrMinor: 700 },
        { account: 'falls', from: 'green', to: 'yellow', scoreBefore: 72, scoreAfter: 60, arrMinor: 200 },
        { account: 'loses it', from: 'red', to: null, scoreBefore: 20, scoreAfter: null, arrMinor: 10 },
        { account: 'gets a score', from: null, to: 'yellow', scoreBefore: null, scoreAfter: 45, arrMinor: null },
      ],
    });
  });

  test('keeps the largest changes of a large book, and counts all', () => {
    const book = Array.from({ length: 5000 }, (_, i) => account(`a${i}`, (i * 7919) % 5000, 80, 50));
    const { changes, changed, arrChangedMinor } = preview(book, 3);
    expect(changes.map(({ arrMinor }) => arrMinor)).toEqual([4999, 4998, 4997]);
    expect([changed, arrChangedMinor]).toEqual([5000, (4999 * 5000) / 2]);
  });

  test('an empty book', () => {
    expect(preview([])).toEqual({ accounts: 0, changed: 0, arrChangedMinor: 0, moves: [], changes: [] });
  });
});

describe('suggestScorecard', () => {
  const known = defaultComponents.flatMap(({ signals }) => signals.map(({ signal }) => signal));
  const names: SignalName[] = known.map((key) => ({ key, type: 'number' }));

  test('only usage and contracts are connected', () => {
    const suggestion = suggestScorecard({
      'usage.stickiness': 0.2,
      'usage.days_since_last_activity': 1,
      'usage.volume_change': 0.9,
      'contract.term_months': 0.5,
    })!;
    const summary = suggestion.scorecard.components.map(({ key, weight, signals }) => [
      key,
      weight,
      signals.map((one) => [one.signal, one.weight]),
    ]);
    expect(summary).toEqual([
      [
        'usage',
        75,
        [
          ['usage.days_since_last_activity', 50],
          ['usage.volume_change', 50],
        ],
      ],
      ['contract', 25, [['contract.term_months', 100]]],
    ]);
    expect(suggestion.signals).toContainEqual({
      signal: 'usage.stickiness',
      presence: 0.2,
      choice: 'too_few_accounts',
    });
    expect(suggestion.signals).toHaveLength(known.length);
  });

  test('at most three signals of a component', () => {
    const all = suggestScorecard(Object.fromEntries(known.map((key) => [key, 1])))!;
    for (const { signals } of all.scorecard.components) expect(signals.length).toBeLessThanOrEqual(3);
    expect(all.signals).toContainEqual({ signal: 'usage.trend_slope', presence: 1, choice: 'enough_without' });
  });

  test('nothing connected gives nothing', () => expect(suggestScorecard({})).toBeNull());

  test('whatever is connected, the scorecard can be saved as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...known), fc.double({ min: 0, max: 1, noNaN: true })), (presence) => {
        const suggestion = suggestScorecard(presence);
        if (suggestion === null) return;
        expect(checkScorecard(suggestion.scorecard, names)).toEqual({ ok: true, scorecard: suggestion.scorecard });
      }),
    );
  });

  test.each(defaultComponents.flatMap(({ signals }) => signals))(
    '$signal runs one way and meets both limits',
    ({ signal, curve }) => {
      if (!('points' in curve)) throw new Error(`${signal} has no points`);
      const ys = curve.points.map((point) => point.y);
      expect([ys, ys.toReversed()]).toContainEqual(ys.toSorted((a, b) => a - b));
      // the shipped curve of days overdue passes both limits between its points
      const limits = signal === 'billing.days_overdue' ? [60, 20] : [70, 40];
      for (const limit of limits) expect(ys).toContain(limit);
      for (const { x, y } of curve.points) expect(pointsOnCurve(curve, x)).toBe(y);
    },
  );

  test.each([
    [
      [1, 1, 1],
      [34, 33, 33],
    ],
    [
      [30, 10],
      [75, 25],
    ],
    [[5], [100]],
  ])('%j in whole percents are %j', (weights, percents) => expect(wholePercents(weights)).toEqual(percents));
});
