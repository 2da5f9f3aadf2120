import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renewal6 } from './shipped/renewal-6.ts';
import { type PastLook, type PastLoss, ScorecardTrial } from './trial.ts';

const { bands } = renewal6;
const lastDay = 1000;
const bandOf = (score: number | null) =>
  score === null ? null : score >= 70 ? 'green' : score >= 40 ? 'yellow' : 'red';
const look = (day: number, score: number | null, arrMinor: number | null = 100): PastLook => ({
  ...{ day, score, band: bandOf(score), arrMinor },
});
const loss = (day: number, lostMinor = 100): PastLoss => ({ day, kind: 'churned', lostMinor });

function tried(...accounts: [looks: PastLook[], losses: PastLoss[]][]) {
  const trial = new ScorecardTrial<number>(bands, lastDay);
  for (const [i, [looks, losses]] of accounts.entries()) trial.add(i, looks, losses);
  return trial.result();
}

test('the book on each day, highest band first, without those who were no customers', () => {
  const { days } = tried(
    [[look(700, 80), look(707, 30)], []],
    [[look(700, 75, null), look(707, null)], []],
    [[look(700, 50), look(707, 50, 0)], []],
  );
  expect(days).toEqual([
    {
      day: 700,
      bands: [
        { band: 'green', accounts: 2, arrMinor: 100 },
        { band: 'yellow', accounts: 1, arrMinor: 100 },
      ],
    },
    {
      day: 707,
      bands: [
        { band: 'red', accounts: 1, arrMinor: 100 },
        { band: null, accounts: 1, arrMinor: 100 },
      ],
    },
  ]);
});

describe('how many of a band were lost', () => {
  const shares = (looks: PastLook[], losses: PastLoss[]) =>
    tried([looks, losses]).lossByBand.map(({ band, lost }) => [band, lost.count, lost.of]);
  test.each<[string, PastLook[], PastLoss[], unknown[]]>([
    ['on the 90th day', [look(700, 30)], [loss(790)], [['red', 1, 1]]],
    ['a day later', [look(700, 30)], [loss(791)], [['red', 0, 1]]],
    ['on the day itself it was known already', [look(700, 30)], [loss(700)], [['red', 0, 1]]],
    ['90 days are not over', [look(911, 30)], [loss(920)], []],
    ['they are over today', [look(910, 30)], [loss(920)], [['red', 1, 1]]],
    ['without a score', [look(700, null)], [loss(710)], [[null, 1, 1]]],
  ])('%s', (_name, looks, losses, expected) => {
    expect(shares(looks, losses)).toEqual(expected);
  });
});

describe('losses that it warned of', () => {
  test.each<[string, PastLook[], number | null, number]>([
    ['red from the first look on', [look(700, 30), look(707, 20)], 700, 1],
    ['red again', [look(700, 30), look(707, 50), look(714, 20)], 714, 1],
    ['no longer red', [look(700, 30), look(707, 50)], null, 1],
    ['not enough data is no warning', [look(700, 30), look(707, null)], null, 1],
    ['looks of before the 180 days tell nothing', [look(539, 30)], null, 0],
    ['nor do those of after the loss', [look(721, 30)], null, 0],
  ])('%s', (_name, looks, since, of) => {
    const { losses, warned, medianLeadDays } = tried([looks, [loss(720)]]);
    expect(losses.map(({ lowestSince }) => lowestSince)).toEqual(of === 0 ? [] : [since]);
    expect([warned.count, warned.of]).toEqual([since === null ? 0 : 1, of]);
    expect(medianLeadDays).toBe(since === null ? null : 720 - since);
  });

  test('the largest first', () => {
    const { losses } = tried([[look(700, 30)], [loss(720, 5)]], [[look(700, 30)], [loss(720, 9)]]);
    expect(losses.map(({ account }) => account)).toEqual([1, 0]);
  });
});

test('separation is the share of pairs in the right order', () => {
  const score = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(fc.array(fc.record({ score, lost: fc.boolean() }), { maxLength: 40 }), (accounts) => {
      const { separation } = tried(
        ...accounts.map((one): [PastLook[], PastLoss[]] => [[look(700, one.score)], one.lost ? [loss(710)] : []]),
      );
      const pairs = accounts.flatMap((a) => accounts.flatMap((b) => (a.lost && !b.lost ? [b.score - a.score] : [])));
      const right = pairs.reduce((sum, by) => sum + (by > 0 ? 1 : by === 0 ? 0.5 : 0), 0);
      expect(separation).toEqual(pairs.length === 0 ? null : expect.closeTo(right / pairs.length, 9));
    }),
  );
});
