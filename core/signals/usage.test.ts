import { describe, expect, test } from 'vitest';
import type { KeysOf } from '#core/signals/catalogue.ts';
import { computeFamily } from '#core/signals/compute.ts';
import { at, day, SETTINGS, subscription } from '#core/signals/facts.test-support.ts';
import { type AccountFacts, type Feature, NO_FACTS, type SignalSettings } from '#core/signals/facts.ts';
import { asOfInstant } from '#core/signals/moment.ts';
import { isSmallNumber } from '#core/signals/small-numbers.ts';
import { countsDay } from '#core/usage/counts.ts';
import { rollup, usageFacts } from '#core/usage/rollup.ts';
import type { EventMapping } from '#core/usage/types.ts';

/** Monday noon. 30 cd are 8 February to 9 March, the 30 before begin on 9 January, 84 cd on 16 December. */
const now = asOfInstant(at('2025-03-10T12:00'), 'UTC');
const LOGIN = 1;
const REPORT = 2;
const MAPPING: EventMapping = new Map([
  [LOGIN, { features: [], login: true }],
  [REPORT, { features: [10], login: false }],
  [3, { features: [10, 11], login: false }],
  [4, { features: [12], login: false }],
]);
const NO_LOGIN: EventMapping = new Map([...MAPPING].map(([id, meaning]) => [id, { ...meaning, login: false }]));
const feature = (id: number, core: boolean, advanced: boolean, ...plans: string[]): Feature => ({
  id,
  key: `f${id}`,
  core,
  advanced,
  plans,
});
const FEATURES = [
  feature(10, true, false),
  feature(11, true, false, 'pro'),
  feature(12, false, true, 'pro'),
  feature(13, true, true, 'team'),
];

type Sent = [when: string, user: number | null, eventId?: number];
interface Given {
  events?: Sent[];
  /** [date, event, count, users] */
  counts?: [string, number | null, number | null, number | null][];
  mapping?: EventMapping;
}

function factsOf({ events = [], counts = [], mapping = MAPPING }: Given): AccountFacts {
  const sent = events.map(([when, user, eventId = 9]) => ({ at: at(when), user, kind: 'track', eventId }));
  const byDate = Map.groupBy(counts, ([date]) => day(date));
  const countDays = [...byDate].map(([key, rows]) =>
    countsDay(
      key,
      rows.map(([, eventId, count, users]) => ({ eventId, count, users })),
      mapping,
      'UTC',
    ),
  );
  return { ...NO_FACTS, usage: usageFacts(rollup(sent, mapping, 'UTC'), countDays, mapping) };
}

const usageOf = (given: Given, settings: Partial<SignalSettings> = {}) =>
  computeFamily('usage', factsOf(given), now, { ...SETTINGS, ...settings });

/** The same event of a user on each of some days. */
const each = (user: number, from: string, count: number, step = 1, eventId = 9): Sent[] =>
  Array.from(
    { length: count },
    (_, i): Sent => [new Date(at(from) + i * step * 86_400_000).toISOString().slice(0, 10), user, eventId],
  );

test.each<[string, KeysOf<'usage'>, Given, number | null]>([
  [
    'users today',
    'usage.active_users_1d',
    {
      events: [
        ['2025-03-09T23:59', 1],
        ['2025-03-10', 2],
        ['2025-03-10T11:00', 2],
      ],
    },
    1,
  ],
  ['a quiet day', 'usage.active_users_1d', { events: [['2025-03-01', 1]] }, 0],
  [
    '7 days begin on the 4th',
    'usage.active_users_7d',
    {
      events: [
        ['2025-03-03T23:59', 1],
        ['2025-03-04', 2],
        ['2025-03-10', 3],
        ['2025-03-10', null],
      ],
    },
    2,
  ],
  [
    '30 days begin on 9 February',
    'usage.active_users_30d',
    {
      events: [
        ['2025-02-08', 1],
        ['2025-02-09', 2],
        ['2025-03-10', 2],
      ],
    },
    1,
  ],
  [
    'DAU/MAU: one daily user and one of a single day',
    'usage.dau_mau',
    { events: [...each(1, '2025-02-08', 30), ['2025-02-20', 2]] },
    31 / 30 / 2,
  ],
  ['DAU/MAU leaves today out', 'usage.dau_mau', { events: [['2025-03-10', 1]] }, 0],
  [
    'mapped logins of 28 cd',
    'usage.logins_per_week',
    {
      events: [
        ['2025-02-09', 1, LOGIN],
        ['2025-02-10', 1, LOGIN],
        ['2025-02-11', 1, LOGIN],
        ['2025-03-10', 1, LOGIN],
        ['2025-03-01', null, LOGIN],
      ],
    },
    0.5,
  ],
  [
    'session starts where no login is mapped',
    'usage.logins_per_week',
    {
      mapping: NO_LOGIN,
      events: [
        ['2025-03-01T10:00', 1],
        ['2025-03-01T10:29', 1],
        ['2025-03-01T10:59', 1],
        ['2025-03-01T10:10', 2],
      ],
    },
    0.75,
  ],
  [
    'a session over midnight is of the day it starts on',
    'usage.logins_per_week',
    {
      mapping: NO_LOGIN,
      events: [
        ['2025-02-09T23:50', 1],
        ['2025-02-10T00:10', 1],
      ],
    },
    0,
  ],
  [
    'logins per week and user',
    'usage.logins_per_week_per_user',
    { events: [...each(1, '2025-02-20', 8, 1, LOGIN), ['2025-02-20', 2]] },
    1,
  ],
  ['nobody active', 'usage.logins_per_week_per_user', { events: [['2024-01-01', 1]] }, 0],
  [
    'change in logins',
    'usage.login_change',
    { events: [...each(1, '2025-01-09', 4, 1, LOGIN), ...each(1, '2025-02-08', 1, 1, LOGIN)] },
    -0.75,
  ],
  ['change against none', 'usage.login_change', { events: each(1, '2025-02-08', 1, 1, LOGIN) }, null],
  [
    'change in feature events, an event of two features is one',
    'usage.volume_change',
    {
      events: [
        ['2025-01-10', 1, REPORT],
        ['2025-01-10', null, 3],
        ['2025-01-10', 1],
        ['2025-03-01', 1, 3],
      ],
    },
    -0.5,
  ],
  [
    'change in users',
    'usage.active_user_change',
    {
      events: [
        ['2025-01-10', 1],
        ['2025-03-01', 1],
        ['2025-03-01', 2],
        ['2025-03-01', 3],
      ],
    },
    2,
  ],
  [
    'session length; a one-event session is 0',
    'usage.session_minutes',
    {
      events: [
        ['2025-03-01T10:00', 1],
        ['2025-03-01T10:20', 1],
        ['2025-03-02', 1],
      ],
    },
    10,
  ],
  [
    'a session over midnight is whole',
    'usage.session_minutes',
    {
      events: [
        ['2025-03-01T23:50', 1],
        ['2025-03-02T00:10', 1],
      ],
    },
    20,
  ],
  [
    'a session that began before the window is not in it',
    'usage.session_minutes',
    {
      events: [
        ['2025-02-08T23:50', 1],
        ['2025-02-09T00:10', 1],
      ],
    },
    0,
  ],
  [
    'days since an event, with or without a user',
    'usage.days_since_last_activity',
    {
      events: [
        ['2025-03-01', 1],
        ['2025-03-05T23:59', null],
      ],
    },
    5,
  ],
  [
    'twelve weeks of growth by one a week: slope 1 of mean 6.5',
    'usage.trend_slope',
    {
      events: Array.from({ length: 12 }, (_, week) =>
        each(1, new Date(at('2024-12-16') + week * 7 * 86_400_000).toISOString().slice(0, 10), week + 1, 0),
      ).flat(),
    },
    100 / 6.5,
  ],
  ['83 days are not 12 weeks', 'usage.trend_slope', { events: [['2024-12-17', 1]] }, null],
  ['84 days are', 'usage.trend_slope', { events: [['2024-12-16', 1]] }, (-66 / 143) * 100],
  ['84 days without an event', 'usage.trend_slope', { events: [['2024-12-15', 1]] }, null],
])('%s', (_name, key, given, expected) => {
  const value = usageOf(given)[key];
  if (expected === null) expect(value).toBeNull();
  else expect(value).toBeCloseTo(expected, 9);
});

describe('stickiness by rhythm', () => {
  const weekly = { events: each(1, '2025-02-10', 4, 7) };
  const weekdays = {
    events: each(1, '2025-02-08', 30).filter(([date]) => ![0, 6].includes(new Date(at(date)).getUTCDay())),
  };

  test.each<[string, Given, Partial<SignalSettings>, number | null]>([
    ['weekly: once a week is everything', weekly, { rhythm: 'weekly' }, 1],
    ['daily: once a week is little', weekly, { rhythm: 'daily' }, 4 / 30],
    ['working days: every weekday is everything', weekdays, { rhythm: 'working_days' }, 1],
    [
      'working days: a holiday is not asked for',
      { events: weekdays.events.slice(1) },
      { rhythm: 'working_days', holidays: new Set([day('2025-02-10')]) },
      1,
    ],
    [
      'working days: users of the weekend do not count',
      {
        events: [
          ['2025-03-08', 2],
          ['2025-03-07', 1],
        ],
      },
      { rhythm: 'working_days' },
      1 / 20,
    ],
    ['no working days', weekdays, { rhythm: 'working_days', workingDays: [] }, null],
    ['nobody', { events: [['2024-01-01', 1]] }, { rhythm: 'weekly' }, 0],
  ])('%s', (_name, given, settings, expected) => {
    const value = usageOf(given, settings)['usage.stickiness'];
    if (expected === null) expect(value).toBeNull();
    else expect(value).toBeCloseTo(expected, 9);
  });
});

describe('daily counts', () => {
  const given: Given = {
    counts: [
      ['2025-03-10', null, null, 7],
      ['2025-03-10', REPORT, 12, null],
      ['2025-01-20', REPORT, 6, null],
      ['2025-03-01', REPORT, 9, null],
    ],
  };

  test('feed volumes, single days and last activity; what they cannot tell is missing', () => {
    expect(usageOf({ ...given, mapping: NO_LOGIN })).toMatchObject({
      'usage.active_users_1d': 7,
      'usage.active_users_7d': null,
      'usage.active_users_30d': null,
      'usage.dau_mau': null,
      'usage.stickiness': null,
      'usage.logins_per_week': null,
      'usage.login_change': null,
      'usage.volume_change': 0.5,
      'usage.session_minutes': null,
      'usage.days_since_last_activity': 0,
    });
  });

  test('a day that names no users is missing for the users of the day', () => {
    expect(usageOf({ counts: [['2025-03-10', REPORT, 12, null]] })['usage.active_users_1d']).toBeNull();
  });

  test('a row of zeros is a fact, but no activity', () => {
    const values = usageOf({
      counts: [
        ['2025-03-01', null, 5, 2],
        ['2025-03-09', null, 0, 0],
      ],
    });
    expect(values['usage.days_since_last_activity']).toBe(9);
    expect(values['usage.active_users_1d']).toBe(0);
  });

  test('a day that has both uses the events', () => {
    const values = usageOf({ counts: [['2025-03-09', null, 50, 20]], events: [['2025-03-09', 1]] });
    expect(values['usage.active_users_7d']).toBe(1);
  });
});

describe('missing', () => {
  test('before the first event every signal is', () => {
    const values = usageOf({ events: [['2025-03-11', 1]] });
    expect(new Set(Object.values(values))).toEqual(new Set([null]));
  });

  test('a connection that covers a silent account makes it 0', () => {
    const covered = { ...NO_FACTS, coveredFrom: { usage: at('2025-03-01') } };
    expect(computeFamily('usage', covered, now, SETTINGS)).toMatchObject({
      'usage.active_users_30d': 0,
      'usage.dau_mau': 0,
      'usage.session_minutes': 0,
      'usage.days_since_last_activity': null,
      'usage.login_change': null,
      'usage.trend_slope': null,
    });
  });
});

describe('adoption and seats', () => {
  const events: Sent[] = [
    ['2025-03-01', 1, 3],
    ['2025-03-02', 2, REPORT],
    ['2025-03-02', 2],
    ['2025-03-03', 2, 4],
    ['2025-02-08', 1, 4],
  ];
  const settings = { ...SETTINGS, features: FEATURES };
  const read = (...subscriptions: AccountFacts['subscriptions'] & object) => {
    const facts = { ...factsOf({ events }), subscriptions };
    return { ...computeFamily('adoption', facts, now, settings), ...computeFamily('seats', facts, now, settings) };
  };
  const pro = subscription('2025-01-01', null);

  test.each<[string, ReturnType<typeof read>, Partial<ReturnType<typeof read>>]>([
    ['features of the plan', read(pro), { 'adoption.core_ratio': 1, 'adoption.rate': 1, 'adoption.advanced_ratio': 1 }],
    [
      'another plan',
      read(subscription('2025-01-01', null, { plan: 'team' })),
      { 'adoption.core_ratio': 0.5, 'adoption.rate': 0.5, 'adoption.advanced_ratio': 0 },
    ],
    [
      'the union of two',
      read(pro, subscription('2025-01-01', null, { plan: 'team' })),
      { 'adoption.core_ratio': 2 / 3, 'adoption.rate': 0.75, 'adoption.advanced_ratio': 0.5 },
    ],
    [
      'the plan in force',
      read(subscription('2025-01-01', null, { plan: 'pro' }, [['2025-03-10', { plan: 'team' }]])),
      { 'adoption.rate': 0.5 },
    ],
    [
      'no active subscription',
      read(subscription('2025-01-01', '2025-03-10')),
      { 'adoption.core_ratio': null, 'adoption.rate': null, 'seats.purchased': 0, 'seats.utilization': null },
    ],
    [
      'a plan that includes no advanced feature',
      read(subscription('2025-01-01', null, { plan: null })),
      { 'adoption.advanced_ratio': null, 'adoption.rate': 1 },
    ],
    ['breadth: at least two users', read(pro), { 'adoption.breadth': 1 }],
    [
      'breadth: one where a single seat is bought',
      read(subscription('2025-01-01', null, { quantity: 1 })),
      { 'adoption.breadth': 3 },
    ],
    ['depth: three feature events of three (user, day) pairs', read(pro), { 'adoption.depth': 1 }],
    [
      'seats',
      read(pro, subscription('2025-01-01', null, { unit: 'gigabytes', quantity: 500 })),
      { 'seats.purchased': 10, 'seats.active_30d': 2, 'seats.utilization': 0.2 },
    ],
    [
      'a line sold by user that names no quantity',
      read(subscription('2025-01-01', null, { quantity: null })),
      { 'seats.purchased': null, 'seats.utilization': null },
    ],
  ])('%s', (_name, values, expected) => {
    expect(values).toMatchObject(expected);
  });
});

test.each([
  ['four users', 'usage.dau_mau', 4, true],
  ['five users', 'usage.dau_mau', 5, false],
  ['stickiness of four', 'usage.stickiness', 4, true],
  ['a count is no ratio', 'usage.active_users_30d', 4, false],
  ['five seats are few whoever is active', 'seats.utilization', 1, false],
])('small numbers: %s', (_name, key, users, expected) => {
  const events = Array.from({ length: users }, (_, user): Sent => ['2025-03-07', user]);
  const facts = { ...factsOf({ events }), subscriptions: [subscription('2025-01-01', null, { quantity: 5 })] };
  expect(isSmallNumber(key, facts, now, SETTINGS)).toBe(expected);
});
