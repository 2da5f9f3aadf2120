import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headlines, type Situation } from './headlines.ts';

const calm: Situation = {
  state: 'scored',
  judgedDaysAgo: 0,
  score: 72.4,
  bandName: 'Green',
  bandTone: 'good',
  bands: [{ lower: 70 }, { lower: 40 }, { lower: 0 }],
  change7d: 0,
  change30d: 1,
  coverage: 0.9,
  openRisks: [],
  daysToRenewal: 200,
  daysSinceLastActivity: 0,
  activeUserChange: 0.02,
  seatUtilization: 0.7,
};
const critical = { id: 1, title: 'Champion left', urgency: 'critical', respondBy: 1, respondInDays: -2 } as const;
const medium = { id: 2, title: 'Few trainings', urgency: 'medium', respondBy: 9, respondInDays: 5 } as const;

describe('what matters now', () => {
  const cases: [string, Partial<Situation>, [string, string][]][] = [
    ['nothing', {}, []],
    ['an overdue critical risk', { openRisks: [critical] }, [['bad', 'Champion left: response overdue by 2 days.']]],
    [
      'the most urgent of several risks',
      { openRisks: [medium, critical, medium] },
      [['bad', 'Champion left: response overdue by 2 days, and 2 more open risks.']],
    ],
    ['a medium risk', { openRisks: [medium] }, [['warn', 'Few trainings: respond within 5 days.']]],
    [
      'of two as urgent, the sooner due',
      { openRisks: [medium, { ...medium, title: 'No review', respondBy: 8, respondInDays: 0 }] },
      [['warn', 'No review: respond today, and 1 more open risk.']],
    ],
    ['a risk that is taken up', { openRisks: [{ ...medium, respondInDays: null }] }, [['warn', 'Few trainings.']]],
    ['a renewal in good health', { daysToRenewal: 90 }, [['good', 'Renews in 90 days with health at 72 (Green).']]],
    [
      'a score just below a limit is not written as the limit',
      { daysToRenewal: 80, score: 69.6, bandName: 'Yellow', bandTone: 'warning' },
      [['warn', 'Renews in 80 days with health at 69.6 (Yellow).']],
    ],
    ['a renewal still far', { daysToRenewal: 91 }, []],
    [
      'a far renewal in bad health',
      { daysToRenewal: 120, score: 31, bandName: 'Red', bandTone: 'critical' },
      [['bad', 'Renews in 120 days with health at 31 (Red).']],
    ],
    [
      'a near renewal without a score',
      { daysToRenewal: 1, state: 'insufficient', score: null, bandName: null, bandTone: null, coverage: 0.3 },
      [
        ['warn', 'Renews in 1 day.'],
        ['neutral', 'Not enough data for a health score: 30% of the scorecard is covered.'],
      ],
    ],
    ['a renewal today', { daysToRenewal: 0 }, [['good', 'Renews today with health at 72 (Green).']]],
    ['a renewal that passed', { daysToRenewal: -3 }, [['warn', 'The renewal date passed 3 days ago.']]],
    ['silence of two weeks', { daysSinceLastActivity: 14 }, [['warn', 'Nobody has used the product for 14 days.']]],
    ['silence of a month', { daysSinceLastActivity: 30 }, [['bad', 'Nobody has used the product for 30 days.']]],
    [
      'silence hides the change',
      { daysSinceLastActivity: 20, activeUserChange: -1 },
      [['warn', 'Nobody has used the product for 20 days.']],
    ],
    ['fewer users', { activeUserChange: -0.35 }, [['warn', 'Active users fell by 35% in 30 days.']]],
    ['more users', { activeUserChange: 0.25 }, [['good', 'Active users grew by 25% in 30 days.']]],
    ['full seats', { seatUtilization: 1.02 }, [['good', '102% of the seats are in use.']]],
    ['empty seats', { seatUtilization: 0.2 }, [['warn', '20% of the seats are in use.']]],
    ['a fall in a week', { change7d: -6.4, change30d: 20 }, [['bad', 'Health fell by 6 points in 7 days, to 72.']]],
    ['a rise in a month', { change7d: 4.9, change30d: 10 }, [['good', 'Health rose by 10 points in 30 days, to 72.']]],
    [
      'a fall and the component behind it',
      { change7d: -6.4, movedMost: { in7d: 'Adoption', in30d: 'Support' } },
      [['bad', 'Health fell by 6 points in 7 days, to 72, mostly Adoption.']],
    ],
    [
      'a month’s rise is not put down to a week’s part',
      { change30d: 10, movedMost: { in7d: 'Adoption', in30d: null } },
      [['good', 'Health rose by 10 points in 30 days, to 72.']],
    ],
    [
      'one day, one more risk',
      { openRisks: [{ ...critical, respondInDays: -1 }, medium] },
      [['bad', 'Champion left: response overdue by 1 day, and 1 more open risk.']],
    ],
    [
      'not judged yet',
      { state: null, score: null, bandName: null, bandTone: null, change30d: null },
      [['neutral', 'No judgement yet: it follows the first facts.']],
    ],
    ['an old judgement', { judgedDaysAgo: 3 }, [['warn', 'Last judged 3 days ago.']]],
    [
      'bad before warning before good',
      { openRisks: [medium], daysToRenewal: 40, change7d: -8 },
      [
        ['bad', 'Health fell by 8 points in 7 days, to 72.'],
        ['warn', 'Few trainings: respond within 5 days.'],
        ['good', 'Renews in 40 days with health at 72 (Green).'],
      ],
    ],
  ];
  it.each(cases)('%s', (_name, difference, expected) => {
    expect(headlines({ ...calm, ...difference }).map(({ tone, text }) => [tone, text])).toEqual(expected);
  });

  it('names the risk and the signal that it speaks of', () => {
    const said = headlines({ ...calm, openRisks: [medium, critical], activeUserChange: -0.5 });
    expect(said.map(({ risk, signal }) => [risk, signal])).toEqual([
      [1, undefined],
      [undefined, 'usage.active_user_change'],
    ]);
  });

  it('never says more than five things, nor one kind twice', () => {
    const ratio = fc.option(fc.double({ min: -2, max: 2, noNaN: true }), { nil: null });
    const days = fc.option(fc.integer({ min: -400, max: 400 }), { nil: null });
    fc.assert(
      fc.property(ratio, ratio, days, days, fc.constantFrom(-50, 0, 50), (users, seats, renewal, silent, change) => {
        const said = headlines({
          ...calm,
          openRisks: [critical, medium],
          activeUserChange: users,
          seatUtilization: seats,
          daysToRenewal: renewal,
          daysSinceLastActivity: silent,
          change7d: change,
        });
        expect(said.length).toBeLessThanOrEqual(5);
        expect(new Set(said.map(({ kind }) => kind)).size).toBe(said.length);
      }),
    );
  });
});
