import { expect, test } from 'vitest';
import { computeFamily } from '#core/signals/compute.ts';
import { answer, at, contact, SETTINGS } from '#core/signals/facts.test-support.ts';
import { type Contact, NO_FACTS, type SurveyResponse } from '#core/signals/facts.ts';
import { asOfInstant } from '#core/signals/moment.ts';

/** 90 d begin on 11 December, 180 d on 12 September. */
const NOON = '2025-03-10T12:00';

function sentimentOf(surveys: SurveyResponse[], contacts: Contact[] | null = null) {
  return computeFamily('sentiment', { ...NO_FACTS, surveys, contacts }, asOfInstant(at(NOON), 'UTC'), SETTINGS);
}
const nps = (contactId: number | null, score: number, when = '2025-03-01') =>
  answer('nps', when, { contact: contactId, score });
const csat = (score: number, more: Partial<SurveyResponse> = {}) => answer('csat', '2025-03-01', { score, ...more });
const ces = (score: number, more: Partial<SurveyResponse> = {}) => answer('ces', '2025-03-01', { score, ...more });
const champion = contact(1, ['champion']);

/** Chapter 09: 50 answers, 30 promoters, 12 passives, 8 detractors: NPS 44. */
const worked = Array.from({ length: 50 }, (_, i) => nps(i, i < 30 ? 9 + (i % 2) : i < 42 ? 7 + (i % 2) : i % 7));

test.each<[string, keyof ReturnType<typeof sentimentOf>, SurveyResponse[], Contact[] | null, number | boolean | null]>([
  ['NPS of the worked example', 'sentiment.nps', worked, null, 44],
  [
    'NPS takes the latest answer of each contact',
    'sentiment.nps',
    [nps(1, 0, '2025-01-01'), nps(2, 9), nps(1, 10)],
    null,
    100,
  ],
  ['NPS of the first of 180 days', 'sentiment.nps', [nps(1, 9, '2024-09-12')], null, 100],
  ['NPS of answers before the 180 days is missing', 'sentiment.nps', [nps(1, 9, '2024-09-11')], null, null],
  ['NPS ignores what is answered later', 'sentiment.nps', [nps(1, 9), nps(1, 0, '2025-03-11')], null, 100],
  ['NPS needs a contact', 'sentiment.nps', [nps(null, 0), nps(1, 9)], null, 100],
  ['mean of the latest answers', 'sentiment.nps_score', [nps(1, 0, '2025-01-01'), nps(1, 7), nps(2, 8)], null, 7.5],
  ['a champion who is a detractor', 'sentiment.nps_detractor', [nps(1, 6), nps(2, 10)], [champion], true],
  [
    'a user who is one, beside a champion who is not',
    'sentiment.nps_detractor',
    [nps(1, 7), nps(2, 0)],
    [champion],
    false,
  ],
  [
    'anyone, if no active contact holds a key role',
    'sentiment.nps_detractor',
    [nps(2, 0)],
    [contact(1, ['champion'], { leftAt: at('2025-01-01') })],
    true,
  ],
  ['anyone, if no contact is known', 'sentiment.nps_detractor', [nps(2, 6)], null, true],
  [
    'the role must be in force',
    'sentiment.nps_detractor',
    [nps(1, 6), nps(2, 9)],
    [contact(1, [{ role: 'champion', fromAt: 0, toAt: at('2025-02-01') }]), contact(2, ['decision_maker'])],
    false,
  ],
  ['no answer in the window is no detractor', 'sentiment.nps_detractor', [nps(1, 0, '2024-01-01')], null, false],
  ['no NPS at all is missing', 'sentiment.nps_detractor', [csat(1)], null, null],
  [
    'CSAT: 4 and 5 of 5, anonymous ones and repeats too',
    'sentiment.csat',
    [csat(5), csat(4), csat(3), csat(1, { contact: null })],
    null,
    0.5,
  ],
  [
    'CSAT: the satisfied range that the survey declares',
    'sentiment.csat',
    [csat(3, { satisfiedFrom: 3 }), csat(2, { satisfiedFrom: 3 })],
    null,
    0.5,
  ],
  [
    'CSAT on another scale',
    'sentiment.csat',
    [csat(8, { scaleMin: 0, scaleMax: 10 }), csat(7, { scaleMin: 0, scaleMax: 10 })],
    null,
    0.5,
  ],
  ['CSAT before the 90 days', 'sentiment.csat', [answer('csat', '2024-12-10')], null, null],
  ['mean CSAT, rescaled to five', 'sentiment.csat_mean', [csat(5), csat(0, { scaleMin: 0, scaleMax: 10 })], null, 3],
  ['effort: 1 is the least', 'sentiment.ces', [ces(2), ces(3)], null, 2.5],
  [
    'effort where the high end is easy',
    'sentiment.ces',
    [ces(7, { scaleMin: 1, scaleMax: 7, highIsEasy: true }), ces(1, { scaleMin: 1, scaleMax: 7, highIsEasy: true })],
    null,
    3,
  ],
])('%s', (_name, key, surveys, contacts, expected) => {
  expect(sentimentOf(surveys, contacts)[key]).toBe(expected);
});
