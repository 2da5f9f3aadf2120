import { expect, test } from 'vitest';
import { computeFamily } from '#core/signals/compute.ts';
import { at, contact, SETTINGS, touchpoint } from '#core/signals/facts.test-support.ts';
import { type Contact, NO_FACTS, type Touchpoint } from '#core/signals/facts.ts';
import { asOfInstant } from '#core/signals/moment.ts';

/** 90 d begin on 11 December, 365 d on 11 March. */
const NOON = '2025-03-10T12:00';
const PEOPLE = [
  contact(1, ['executive_sponsor']),
  contact(2, ['end_user']),
  contact(3, [{ role: 'decision_maker', fromAt: 0, toAt: at('2025-01-01') }]),
];

function engagementOf(touchpoints: Touchpoint[], contacts: Contact[] | null = PEOPLE) {
  return computeFamily('engagement', { ...NO_FACTS, touchpoints, contacts }, asOfInstant(at(NOON), 'UTC'), SETTINGS);
}
const email = (sent: string, replied: string | null = null) =>
  touchpoint('email', sent, { repliedAt: replied === null ? null : at(replied) });
const planned = (kind: Touchpoint['kind'], when: string, more: Partial<Touchpoint> = {}) =>
  touchpoint(kind, null, { plannedAt: at(when), status: 'planned', attended: [], invited: [1, 2], ...more });

test.each<[string, keyof ReturnType<typeof engagementOf>, Touchpoint[], number | null]>([
  ['since a meeting', 'engagement.days_since_touch', [touchpoint('meeting', '2025-03-01')], 9],
  ['a webinar with a contact is live', 'engagement.days_since_touch', [touchpoint('webinar', '2025-03-03')], 7],
  [
    'a meeting without anybody is not two-way',
    'engagement.days_since_touch',
    [touchpoint('meeting', '2025-03-01', { attended: [] })],
    null,
  ],
  ['our e-mail is not two-way', 'engagement.days_since_touch', [email('2025-03-09')], null],
  ['the reply to it is, at its own time', 'engagement.days_since_touch', [email('2025-03-01', '2025-03-05')], 5],
  ['a later reply has not come yet', 'engagement.days_since_touch', [email('2025-03-01', '2025-03-11')], null],
  [
    'an inbound e-mail is',
    'engagement.days_since_touch',
    [touchpoint('email', '2025-03-08', { direction: 'inbound' })],
    2,
  ],
  [
    'a meeting held later than now is not',
    'engagement.days_since_touch',
    [touchpoint('call', '2025-03-01'), touchpoint('call', '2025-03-11')],
    9,
  ],
  [
    'meetings: kinds, window, somebody there',
    'engagement.meetings_90d',
    [
      touchpoint('call', '2025-03-01'),
      touchpoint('qbr', '2024-12-11'),
      touchpoint('kickoff', '2024-12-10'),
      touchpoint('training', '2025-03-01'),
      touchpoint('meeting', '2025-03-01', { attended: [] }),
    ],
    2,
  ],
  [
    'attendance by invitation; a no-show counts, moved and cancelled do not',
    'engagement.attendance',
    [
      touchpoint('meeting', '2025-03-01', { invited: [1, 2], attended: [1, 9] }),
      planned('call', '2025-03-02', { status: 'no_show' }),
      planned('call', '2025-03-03', { status: 'cancelled' }),
      planned('qbr', '2025-03-04', { status: 'moved' }),
    ],
    0.25,
  ],
  [
    'attendance: what is planned for later is not asked yet',
    'engagement.attendance',
    [planned('call', '2025-03-11')],
    null,
  ],
  ['attendance: trainings are not meetings', 'engagement.attendance', [touchpoint('training', '2025-03-01')], null],
  [
    'reviews attended by a sponsor or decision maker, by the role at that time',
    'engagement.review_attendance',
    [
      touchpoint('qbr', '2024-12-01', { attended: [3] }),
      touchpoint('ebr', '2025-02-01', { attended: [3] }),
      touchpoint('qbr', '2025-02-01', { attended: [1, 2] }),
      touchpoint('qbr', '2025-02-02', { attended: [2] }),
    ],
    0.5,
  ],
  [
    'reviews: a no-show counts, a cancelled one does not',
    'engagement.review_attendance',
    [
      touchpoint('qbr', '2025-02-01'),
      planned('qbr', '2025-02-02', { status: 'no_show' }),
      planned('ebr', '2025-02-02', { status: 'cancelled' }),
    ],
    0.5,
  ],
  [
    'reviews: the first of 365 days',
    'engagement.review_attendance',
    [touchpoint('qbr', '2024-03-10'), touchpoint('qbr', '2024-03-11', { attended: [2] })],
    0,
  ],
  [
    'reply: the median, late ones as 168',
    'engagement.reply_hours',
    [
      email('2025-03-01', '2025-03-01T10:00'),
      email('2025-02-01', '2025-02-20'),
      email('2025-02-02', '2025-02-02T20:00'),
    ],
    20,
  ],
  ['reply: a week of silence counts 168', 'engagement.reply_hours', [email('2025-03-03T12:00')], 168],
  ['reply: less than a week does not count yet', 'engagement.reply_hours', [email('2025-03-03T12:01')], null],
  [
    'reply: a reply that comes later is silence now',
    'engagement.reply_hours',
    [email('2025-03-01', '2025-03-11')],
    168,
  ],
  ['reply: e-mails from before 90 d do not count', 'engagement.reply_hours', [email('2024-12-10', '2025-01-05')], null],
  [
    'unanswered since the last two-way touch',
    'engagement.unanswered',
    [
      email('2025-02-01'),
      touchpoint('meeting', '2025-02-10'),
      email('2025-02-20'),
      planned('call', '2025-02-21', { status: 'no_show' }),
      touchpoint('call', '2025-02-22', { attended: [] }),
      touchpoint('call', '2025-02-23', { attended: [], direction: 'inbound' }),
      planned('call', '2025-02-24', { status: 'cancelled' }),
      email('2025-03-11'),
    ],
    3,
  ],
  ['unanswered: a reply ends it', 'engagement.unanswered', [email('2025-02-01'), email('2025-02-02', '2025-02-05')], 0],
  [
    'unanswered where there never was an answer',
    'engagement.unanswered',
    [email('2025-02-01'), email('2025-02-02')],
    2,
  ],
  [
    'people trained, each once',
    'engagement.training_90d',
    [
      touchpoint('training', '2025-01-01', { attended: [1, 2] }),
      touchpoint('webinar', '2025-02-01', { attended: [2, 3] }),
      touchpoint('office_hours', '2024-12-10', { attended: [4] }),
      touchpoint('meeting', '2025-02-01', { attended: [5] }),
    ],
    3,
  ],
  [
    'since the sponsor was there',
    'engagement.executive_days',
    [touchpoint('call', '2025-03-01', { attended: [1] }), touchpoint('call', '2025-03-05', { attended: [2] })],
    9,
  ],
  [
    'an e-mail of the sponsor',
    'engagement.executive_days',
    [touchpoint('email', '2025-03-07', { direction: 'inbound', invited: [1] })],
    3,
  ],
  ['never with the sponsor', 'engagement.executive_days', [touchpoint('call', '2025-03-05', { attended: [2] })], null],
])('%s', (_name, key, touchpoints, expected) => {
  expect(engagementOf(touchpoints)[key]).toBe(expected);
});

test('without touchpoints every signal is missing; with the first, counts are 0', () => {
  expect(new Set(Object.values(engagementOf([touchpoint('call', '2025-03-11')])))).toEqual(new Set([null]));
  expect(engagementOf([touchpoint('call', '2024-01-01')])).toMatchObject({
    'engagement.meetings_90d': 0,
    'engagement.attendance': null,
    'engagement.review_attendance': null,
    'engagement.training_90d': 0,
  });
});

test('without any contact nobody can tell who attended a review', () => {
  expect(engagementOf([touchpoint('qbr', '2025-02-01')], null)['engagement.review_attendance']).toBeNull();
});
