import { describe, expect, test } from 'vitest';
import { lossesOf } from './losses.ts';

const series = (...runs: [value: number | null, days: number][]) =>
  runs
    .flatMap(([value, days]) => Array.from({ length: days }, () => value))
    .map((arrMinor, day) => ({ day, arrMinor }));

describe('losses', () => {
  test.each([
    ['nothing changes', series([100, 30]), []],
    ['a churn on its first day', series([100, 10], [0, 10]), [{ day: 10, kind: 'churned', arrLostMinor: 100 }]],
    ['a late renewal of six days', series([100, 10], [0, 6], [100, 10]), []],
    [
      'a gap of seven days is a churn',
      series([100, 10], [0, 7], [100, 10]),
      [{ day: 10, kind: 'churned', arrLostMinor: 100 }],
    ],
    ['a shrinking', series([100, 10], [60, 10]), [{ day: 10, kind: 'shrank', arrLostMinor: 40 }]],
    ['a fall of four per cent', series([100, 10], [96, 10]), []],
    ['growth', series([100, 10], [160, 10]), []],
    [
      'shrinking, then churn',
      series([100, 10], [60, 10], [0, 8]),
      [
        { day: 10, kind: 'shrank', arrLostMinor: 40 },
        { day: 20, kind: 'churned', arrLostMinor: 60 },
      ],
    ],
    [
      'a gap, then less than before',
      series([100, 10], [0, 3], [50, 10]),
      [{ day: 10, kind: 'shrank', arrLostMinor: 50 }],
    ],
    ['a fall that is too young to tell', series([100, 10], [0, 6]), []],
    ['unknown before', series([null, 5], [100, 5]), []],
    ['a fall that nobody could follow for seven days', series([100, 10], [60, 3], [null, 10]), []],
    ['nothing for a day, then unknown', series([100, 10], [0, 1], [null, 10]), []],
  ])('%s', (_, arr, expected) => {
    expect(lossesOf(arr)).toEqual(expected);
  });
});
