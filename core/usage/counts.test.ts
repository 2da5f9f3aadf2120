import { expect, test } from 'vitest';
import { countsDay, type DailyCount } from '#core/usage/counts.ts';
import type { EventMapping } from '#core/usage/types.ts';

const MAPPING: EventMapping = new Map([
  [1, { features: [10], login: false }],
  [2, { features: [11, 12], login: false }],
  [3, { features: [], login: true }],
]);
const row = (eventId: number | null, count: number | null, users: number | null): DailyCount => ({
  eventId,
  count,
  users,
});

test.each([
  [
    'volumes, features and logins of event rows',
    [row(1, 4, null), row(2, 5, null), row(3, 2, null), row(9, 1, null)],
    { events: 12, featureEvents: 9, logins: 2, users: null, features: [10, 11, 12] },
  ],
  ['the users of the row of the whole day', [row(1, 4, 3), row(2, 1, 1), row(null, null, 7)], { events: 5, users: 7 }],
  ['the users of the only event row', [row(1, 4, 3)], { events: 4, users: 3 }],
  ['users of two events may be the same people', [row(1, 4, 3), row(2, 4, 3)], { events: 8, users: null }],
  [
    'the volume of the row of the whole day where there are no event rows',
    [row(null, 40, 7)],
    { events: 40, featureEvents: 0, users: 7 },
  ],
  ['and not where there are', [row(1, 4, null), row(null, 40, null)], { events: 4, users: null }],
  ['a count of 0 is no use', [row(1, 0, 0)], { events: 0, featureEvents: 0, users: 0, features: [] }],
])('%s', (_name, counts, expected) => {
  expect(countsDay(20_000, counts, MAPPING, 'UTC')).toMatchObject({
    day: 20_000,
    source: 'counts',
    sessions: 0,
    ...expected,
  });
});

test('its time is the start of the day in the workspace’s zone', () => {
  expect(countsDay(20_000, [row(1, 1, 1)], MAPPING, 'America/New_York').lastAt).toBe(Date.UTC(2024, 9, 4, 4));
});
