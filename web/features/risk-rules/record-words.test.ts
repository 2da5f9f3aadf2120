import { describe, expect, it } from 'vitest';
import type { TrackRecord } from './api/list-rules.ts';
import { recordSentences, verdictOf } from './record-words.ts';

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
    ['never opened', { ...record, opened: 0 }, 'none-yet'],
    ['no record', null, 'none-yet'],
    ['no opening is old enough', { ...record, share180: null, low180: null }, 'too-early'],
    ['surely above all accounts', record, 'telling'],
    ['perhaps above', { ...record, low180: 0.05 }, 'unclear'],
    ['not above', { ...record, share180: 0.08, low180: 0.02 }, 'no-better'],
    ['above, but of few accounts', { ...record, accounts: 6 }, 'unclear'],
    ['nothing to hold it against', { ...record, baseShare180: null }, 'unclear'],
  ] as const)('%s', (_, given, verdict) => {
    expect(verdictOf(given)).toBe(verdict);
  });
});
