import { describe, expect, it } from 'vitest';
import type { TrackRecord } from './api/list-rules.ts';
import { headline, recordSentences, toneOf, verdictOf } from './record-words.ts';

const record: TrackRecord = {
  opened: 42,
  accounts: 30,
  churned90: 4,
  churned180: 8,
  shrank90: 2,
  shrank180: 4,
  share180: 0.4,
  low180: 0.25,
  high180: 0.57,
  medianLeadDays: 61.5,
  dismissedShare: 0.05,
  baseShare180: 0.08,
};

describe('the track record in words', () => {
  it('says what was found and against what', () => {
    expect(recordSentences(record, { locale: 'en' })).toEqual([
      'Opened 42 times for 30 accounts.',
      '40% of them churned or shrank within 180 days, likely between 25% and 57%; of all accounts 8%.',
      'Typically 62 days before the loss.',
      '5% dismissed as wrong.',
    ]);
  });

  it('says nothing of what is not known', () => {
    const young = {
      ...record,
      opened: 1,
      accounts: 1,
      share180: null,
      low180: null,
      high180: null,
      medianLeadDays: null,
      dismissedShare: null,
    };
    expect(recordSentences(young, { locale: 'en' })).toEqual(['Opened once for 1 account.']);
  });

  it.each([
    ['never opened', { ...record, opened: 0 }, 'none-yet', 'none'],
    ['no record', null, 'none-yet', 'none'],
    ['no opening is old enough', { ...record, share180: null, low180: null }, 'too-early', 'none'],
    ['surely above all accounts, most alarms come true', record, 'telling', 'good'],
    ['surely above, a good part comes true', { ...record, share180: 0.3, low180: 0.2 }, 'mixed', 'none'],
    ['surely above, but nearly all come to nothing', { ...record, share180: 0.1, low180: 0.09 }, 'noisy', 'warning'],
    ['what is written as 20% is as good as it', { ...record, share180: 0.196, low180: 0.15 }, 'mixed', 'none'],
    ['perhaps above', { ...record, low180: 0.05 }, 'unclear', 'none'],
    ['not above', { ...record, share180: 0.08, low180: 0.02 }, 'no-better', 'warning'],
    ['above, but of few accounts', { ...record, accounts: 6 }, 'unclear', 'none'],
    ['nothing to hold it against', { ...record, baseShare180: null }, 'unclear', 'none'],
  ] as const)('%s', (_, given, verdict, tone) => {
    expect(verdictOf(given)).toBe(verdict);
    expect(toneOf[verdictOf(given)]).toBe(tone);
    expect(verdictOf(given, true)).toBe('counting');
  });
});

describe('the record in one sentence', () => {
  it.each([
    [
      'the critical one of the demo',
      { share180: 0.08, low180: 0.06, baseShare180: 0.032 },
      '9 in 10 alarms came to nothing; those accounts were lost 2.5 times as often as others.',
    ],
    [
      'one that is mostly right',
      { share180: 0.71, low180: 0.5, baseShare180: 0.03 },
      '7 in 10 accounts were lost after it opened, 24 times as often as others.',
    ],
    [
      'one that is always right',
      { share180: 1, low180: 0.8, baseShare180: 0.1 },
      'All accounts were lost after it opened, 10 times as often as others.',
    ],
    [
      'one that is hardly ever right',
      { share180: 0.02, low180: 0.015, baseShare180: 0.01 },
      '98 in 100 alarms came to nothing; those accounts were lost 2 times as often as others.',
    ],
    [
      'one as good as chance',
      { share180: 0.08, low180: 0.05, baseShare180: 0.08 },
      '9 in 10 alarms came to nothing, and those accounts were lost no more often than others.',
    ],
    [
      'one that was never right',
      { share180: 0, low180: 0, baseShare180: 0.03 },
      'All alarms came to nothing, and those accounts were lost no more often than others.',
    ],
    ['where nobody else was lost', { share180: 0.1, low180: 0.05, baseShare180: 0 }, '9 in 10 alarms came to nothing.'],
    [
      'too few to tell',
      { share180: 0.3, low180: 0.02, baseShare180: 0.08 },
      '7 in 10 alarms came to nothing; too few accounts to tell whether it is better than chance.',
    ],
  ])('%s', (_, part, said) => {
    expect(headline({ ...record, ...part }, false, { locale: 'en' })).toBe(said);
  });

  it('does not say of a past that is being counted that there is none', () => {
    expect(headline(null, true)).toBe('What it would have opened in the past is being counted.');
    expect(headline(null)).toBe('It has never opened, and would not have in the past that is known.');
  });
});
