import { describe, expect, test } from 'vitest';
import type { SignalName } from '#core/condition/types.ts';
import { checkScorecard } from './check.ts';
import type { Scorecard } from './scorecard.ts';
import { shippedScorecards } from './shipped.ts';

const names: SignalName[] = [
  ...new Set(
    shippedScorecards.flatMap(({ components }) =>
      components.flatMap(({ signals }) => signals.map((one) => one.signal)),
    ),
  ),
].map((key) => ({ key, type: key === 'contract.multi_year' ? 'boolean' : 'number' }));
names.push({ key: 'account.plan', type: 'text' });

const points = {
  points: [
    { x: 0, y: 0 },
    { x: 1, y: 100 },
  ],
};
interface Draft {
  key: string;
  title: string;
  minCoverage: number;
  appliesTo: unknown;
  components: {
    key: string;
    title: string;
    weight: number;
    signals: { signal: string; weight: number; curve: unknown }[];
  }[];
  bands: { key: string; name: string; tone: string; lower: number; upper: number; action: string }[];
}
const valid: Draft = {
  key: 'own',
  title: 'Our own',
  minCoverage: 0.5,
  appliesTo: { op: 'eq', signal: 'account.plan', value: 'pro' },
  components: [
    { key: 'a', title: 'A', weight: 60, signals: [{ signal: 'usage.stickiness', weight: 100, curve: points }] },
    {
      key: 'b',
      title: 'B',
      weight: 40,
      signals: [{ signal: 'contract.multi_year', weight: 100, curve: { whenTrue: 100, whenFalse: 20 } }],
    },
  ],
  bands: [
    { key: 'good', name: 'Good', tone: 'good', lower: 50, upper: 100, action: 'Keep' },
    { key: 'bad', name: 'Bad', tone: 'critical', lower: 0, upper: 50, action: 'Act' },
  ],
};

/** The valid scorecard with one thing changed. */
function having(change: (scorecard: Draft) => void): unknown {
  const copy = structuredClone(valid);
  change(copy);
  return copy;
}
const signal = (change: object) => having((one) => Object.assign(one.components[0]!.signals[0]!, change));
const weights = (a: number, b: number) =>
  having(({ components: [first, second] }) => {
    first!.weight = a;
    second!.weight = b;
  });
const band = (index: number, change: object) => having((one) => Object.assign(one.bands[index]!, change));

describe('checkScorecard', () => {
  test.each(shippedScorecards)('$key passes unchanged', (scorecard: Scorecard) => {
    expect(checkScorecard(structuredClone(scorecard), names)).toEqual({ ok: true, scorecard });
  });

  test.each([
    ['100.01', weights(60.01, 40)],
    ['99.99', weights(59.99, 40)],
    [
      'three thirds of two decimals',
      having((one) => {
        one.components = [33.33, 33.33, 33.33].map((weight, i) => ({ ...valid.components[0]!, key: `c${i}`, weight }));
      }),
    ],
    ['for every account', having((one) => Object.assign(one, { appliesTo: null }))],
    [
      'a text that is shown only',
      having((one) => one.components[0]!.signals.push({ signal: 'account.plan', weight: 0, curve: null })),
    ],
  ])('%s is accepted', (_name, json) => expect(checkScorecard(json, names)).toMatchObject({ ok: true }));

  test('bands come back highest first', () => {
    const checked = checkScorecard(
      having((one) => one.bands.reverse()),
      names,
    );
    expect(checked.ok && checked.scorecard.bands.map(({ key }) => key)).toEqual(['good', 'bad']);
  });

  const cases: [string, unknown, [path: string, message: string][]][] = [
    ['not an object', null, [['', 'Must be an object.']]],
    [
      'empty',
      {},
      ['key', 'title', 'minCoverage', 'appliesTo', 'components', 'bands'].map((path) => [path, 'Is required.']),
    ],
    [
      'weights too low',
      weights(60, 36.5),
      [['components', 'Weights sum to 96.5%, not 100%: they miss by 3.5, too little.']],
    ],
    [
      'weights too high',
      weights(60, 40.02),
      [['components', 'Weights sum to 100.02%, not 100%: they miss by 0.02, too much.']],
    ],
    [
      'no components',
      having((one) => {
        one.components = [];
      }),
      [['components', 'they miss by 100, too little']],
    ],
    ['weights inside a component', signal({ weight: 90 }), [['components[0].signals', 'they miss by 10, too little']]],
    [
      'a negative weight',
      weights(-10, 110),
      [
        ['components[0].weight', 'from 0 to 100'],
        ['components[1].weight', 'from 0 to 100'],
      ],
    ],
    [
      'an unknown signal',
      signal({ signal: 'usage.stickines' }),
      [['components[0].signals[0].signal', 'Did you mean usage.stickiness?']],
    ],
    [
      'a scored text',
      signal({ signal: 'account.plan' }),
      [['components[0].signals[0].signal', 'a text can be shown with weight 0 only']],
    ],
    ['no curve for a scored signal', signal({ curve: null }), [['components[0].signals[0].curve', 'Is required']]],
    [
      'a curve of points for a boolean',
      signal({ signal: 'contract.multi_year' }),
      [
        ['components[0].signals[0].curve.whenTrue', 'Is required.'],
        ['components[0].signals[0].curve.whenFalse', 'Is required.'],
        ['components[0].signals[0].curve.points', 'Unknown field.'],
      ],
    ],
    [
      'one point',
      signal({ curve: { points: [{ x: 0, y: 0 }] } }),
      [['components[0].signals[0].curve.points', 'at least two']],
    ],
    [
      'points out of order',
      signal({
        curve: {
          points: [
            { x: 1, y: 0 },
            { x: 0, y: 100 },
          ],
        },
      }),
      [['components[0].signals[0].curve.points[1].x', 'above the point before it (1)']],
    ],
    [
      'two points at one x',
      signal({
        curve: {
          points: [
            { x: 0, y: 0 },
            { x: 0, y: 9 },
            { x: 1, y: 9 },
          ],
        },
      }),
      [['components[0].signals[0].curve.points[1].x', 'Must be above']],
    ],
    [
      'y above 100',
      signal({
        curve: {
          points: [
            { x: 0, y: 0 },
            { x: 1, y: 101 },
          ],
        },
      }),
      [['components[0].signals[0].curve.points[1].y', 'from 0 to 100']],
    ],
    [
      'a signal twice',
      having(({ components: [first] }) => {
        first!.signals = [50, 50].map((weight) => ({ ...first!.signals[0]!, weight }));
      }),
      [['components[0].signals[1].signal', '"usage.stickiness" is there twice.']],
    ],
    [
      'a component twice',
      having((one) => {
        one.components[1]!.key = 'a';
      }),
      [['components[1].key', '"a" is there twice.']],
    ],
    [
      'a key with blanks',
      having((one) => {
        one.key = 'Our own';
      }),
      [['key', 'Small letters']],
    ],
    [
      'coverage in percent',
      having((one) => {
        one.minCoverage = 50;
      }),
      [['minCoverage', 'from 0 to 1']],
    ],
    [
      'a wrong condition',
      having((one) => {
        one.appliesTo = { op: 'eq', signal: 'account.pla', value: 'x' };
      }),
      [['appliesTo.signal', 'Did you mean account.plan?']],
    ],
    [
      'a gap between bands',
      band(0, { lower: 55 }),
      [['bands[0].lower', 'Good from 55 leaves a gap to Bad, which ends at 50.']],
    ],
    ['bands that overlap', band(1, { upper: 60 }), [['bands[0].lower', 'overlaps with Bad, which ends at 60']]],
    ['a highest band that ends early', band(0, { upper: 99 }), [['bands[0].upper', 'must end at 100']]],
    ['a lowest band that begins late', band(1, { lower: 1 }), [['bands[1].lower', 'must begin at 0']]],
    ['a band upside down', band(0, { lower: 100, upper: 50 }), [['bands[0].upper', 'Must be above 100.']]],
    ['a band twice', band(1, { key: 'good' }), [['bands[1].key', '"good" is there twice.']]],
    ['no such tone', band(0, { tone: 'green' }), [['bands[0].tone', 'one of good, fair, warning, critical']]],
    [
      'no bands',
      having((one) => {
        one.bands = [];
      }),
      [['bands', 'at least one band']],
    ],
    [
      'two things at once',
      having((one) => {
        one.title = '';
        one.components[0]!.weight = 50;
      }),
      [
        ['title', 'Must not be empty.'],
        ['components', 'they miss by 10, too little'],
      ],
    ],
  ];
  test.each(cases)('%s', (_name, json, expected) => {
    const checked = checkScorecard(json, names);
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    expect(checked.problems).toEqual(
      expected.map(([path, message]) => ({ path, message: expect.stringContaining(message) })),
    );
  });
});
