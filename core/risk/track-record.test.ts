import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareOf } from '#core/statistics/wilson.ts';
import { replay } from './replay.ts';
import { shippedRules } from './shipped.ts';
import { dayMs } from './signal.ts';
import { type Loss, type PastOpening, trackRecord } from './track-record.ts';

const start = Date.UTC(2025, 0, 1);
const day = (count: number) => start + count * dayMs;
const opening = (account: string, at: number, dismissed = false): PastOpening => ({
  account,
  openedAt: day(at),
  dismissed,
});
const loss = (account: string, at: number): Loss => ({ account, at: day(at) });

describe('trackRecord', () => {
  test('a rule that never opened knows nothing', () => {
    const nothing = { count: 0, of: 0, share: null, low: null, high: null };
    expect(trackRecord([], [loss('a', 5)], day(400))).toEqual({
      opened: 0,
      accounts: 0,
      lostWithin90: nothing,
      lostWithin180: nothing,
      medianLeadDays: null,
      dismissed: nothing,
    });
  });

  test('counts accounts once, by their losses after an opening', () => {
    const openings = [
      opening('lost at day 90', 0),
      opening('lost at day 91', 0),
      opening('lost at day 180', 0),
      opening('lost at day 181', 0),
      opening('lost before', 50),
      opening('opened twice', 0, true),
      opening('opened twice', 100),
      opening('stayed', 0, true),
      opening('too young', 350),
    ];
    const losses = [
      loss('lost at day 90', 90),
      loss('lost at day 91', 91),
      loss('lost at day 180', 180),
      loss('lost at day 181', 181),
      loss('lost before', 49),
      loss('opened twice', 120),
      loss('too young', 360),
      loss('never opened', 10),
    ];
    const record = trackRecord(openings, losses, day(400));
    expect(record).toMatchObject({
      opened: 9,
      accounts: 8,
      lostWithin90: { count: 2, of: 7 },
      lostWithin180: { count: 4, of: 7 },
      dismissed: { count: 2, of: 9 },
    });
    // leads: 90, 91, 180, 120 (from the first of two openings) and 10 days
    expect(record.medianLeadDays).toBe(91);
  });

  test('an even number of leads gives the middle of the two', () => {
    const record = trackRecord([opening('a', 0), opening('b', 0)], [loss('a', 10), loss('b', 25)], day(200));
    expect(record.medianLeadDays).toBe(17.5);
  });

  test('nothing after now is known', () => {
    const record = trackRecord([opening('a', 0), opening('b', 30)], [loss('a', 25)], day(20));
    expect(record).toMatchObject({ opened: 1, accounts: 1, medianLeadDays: null });
  });
});

describe('Wilson interval', () => {
  // published: Newcombe (1998), table I, method 3, 95 %
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i lies in %f..%f', (count, of, low, high) => {
    const share = shareOf(count, of);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  test('holds its share, inside 0..1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (of, raw) => {
        const { share, low, high } = shareOf(raw % (of + 1), of);
        expect(low! >= 0 && low! <= share! + 1e-12 && share! <= high! + 1e-12 && high! <= 1).toBe(true);
      }),
    );
  });
});

describe('replay', () => {
  const rule = shippedRules.find(({ key }) => key === 'logins-down')!;
  const history = (changes: (number | null)[]) =>
    changes.map((change, i) => ({ at: day(i), values: { 'usage.login_change': change } }));

  test('gives the openings with their evidence and their ends', () => {
    const changes = [0, -0.6, -0.7, ...Array(7).fill(0), 0, -0.6, ...Array(6).fill(-0.6), -0.8, -0.8];
    const { openings, last } = replay({ ...rule, enabled: false }, history(changes));
    expect(
      openings.map(({ openedAt, resolvedAt }) => [
        (openedAt - start) / dayMs,
        resolvedAt && (resolvedAt - start) / dayMs,
      ]),
    ).toEqual([
      [1, 10],
      [17, null],
    ]);
    expect(openings[0]!.evidence.map(({ at, lines }) => [(at - start) / dayMs, lines[0]!.value])).toEqual([
      [1, -0.6],
      [2, -0.7],
    ]);
    expect(openings[1]!.evidence.map(({ at, lines }) => [(at - start) / dayMs, lines[0]!.value])).toEqual([
      [11, -0.6],
      [18, -0.8],
    ]);
    expect(last).toMatchObject({ phase: 'open', openedAt: day(17) });
  });

  test('days without the signal open nothing', () => {
    expect(replay(rule, history([null, null]))).toEqual({ openings: [], last: null });
  });
});
