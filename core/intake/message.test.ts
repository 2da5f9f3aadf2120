import { describe, expect, test } from 'vitest';
import { type ReadingRules, readMessage } from './message.ts';

const now = Date.parse('2026-03-01T12:00:00.000Z');
const live: ReadingRules = { now, history: false };
const track = {
  type: 'track',
  event: 'Report exported',
  userId: 'u1',
  messageId: 'm1',
  timestamp: '2026-03-01T11:00:00.000Z',
};

describe('messages that are taken', () => {
  const table: [string, Record<string, unknown>, Record<string, unknown>][] = [
    [
      'a plain track',
      track,
      { type: 'track', name: 'Report exported', userId: 'u1', messageId: 'm1', at: now - 3_600_000 },
    ],
    ['the group from the context', { ...track, context: { groupId: 'a7' } }, { groupId: 'a7' }],
    [
      'its own group before that of the context',
      { ...track, groupId: 'b', context: { groupId: 'a7' } },
      { groupId: 'b' },
    ],
    [
      'the original time before a corrected one',
      { ...track, originalTimestamp: '2026-03-01T10:00:00Z' },
      { at: now - 7_200_000 },
    ],
    ['a time as epoch milliseconds', { ...track, timestamp: now }, { at: now }],
    ['a number as id', { ...track, userId: 42 }, { userId: '42' }],
    ['no time and no id', { type: 'track', event: 'x', userId: 'u' }, { at: null, messageId: null }],
    ['a page without a name', { type: 'page', anonymousId: 'x' }, { name: 'Page' }],
    ['a name with spaces around it', { ...track, event: '  Report  ' }, { name: 'Report' }],
    [
      'traits from the context',
      { type: 'identify', userId: 'u', context: { traits: { email: 'Ada@Example.com' } } },
      { email: 'ada@example.com' },
    ],
    [
      'an address that an event is about, which is not the user’s',
      { ...track, properties: { email: 'guest@example.com' }, context: { traits: { email: 'ada@example.com' } } },
      { email: 'ada@example.com', data: { email: 'guest@example.com' } },
    ],
    [
      'a group without traits, whose context tells of the user',
      { type: 'group', groupId: 'a', userId: 'u', context: { traits: { name: 'Ada', email: 'ada@example.com' } } },
      { data: {}, email: 'ada@example.com' },
    ],
    ['a group’s own address', { type: 'group', groupId: 'a', traits: { email: 'info@acme.example' } }, { email: null }],
    ['a time with an offset', { ...track, timestamp: '2026-03-01T13:30:00+0130' }, { at: now }],
    ['a time without a zone, which is UTC', { ...track, timestamp: '2026-03-01 12:00:00.5' }, { at: now + 500 }],
    ['a date alone', { ...track, timestamp: '2026-03-01' }, { at: now - 12 * 3_600_000 }],
    ['a day ahead, to the millisecond', { ...track, timestamp: now + 86_400_000 }, { at: now + 86_400_000 }],
  ];
  test.each(table)('%s', (_, raw, expected) => {
    const reading = readMessage(raw, live);
    expect(reading).toMatchObject({ ok: true, message: expected });
  });
  test('history endpoints take old dates', () => {
    expect(readMessage({ ...track, timestamp: '1999-01-01T00:00:00Z' }, { now, history: true }).ok).toBe(true);
  });
});

describe('messages that are set aside, with the field at fault', () => {
  const nested = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 1);
  const deep = nested(25);
  const table: [string, unknown, string][] = [
    ['no object', 'track', ''],
    ['an array', [track], ''],
    ['no type', { ...track, type: undefined }, 'type'],
    ['an unknown type', { ...track, type: 'purchase' }, 'type'],
    ['no event name', { ...track, event: '' }, 'event'],
    ['an event name that is no text', { ...track, event: { a: 1 } }, 'event'],
    ['an event name of 201 characters', { ...track, event: 'x'.repeat(201) }, 'event'],
    ['an id that is no text', { ...track, userId: {} }, 'userId'],
    ['an id of 201 characters', { ...track, userId: 'x'.repeat(201) }, 'userId'],
    ['nobody', { ...track, userId: undefined }, 'userId'],
    ['a group call without a group', { type: 'group', userId: 'u' }, 'groupId'],
    ['an alias of nothing', { type: 'alias', userId: 'u' }, 'previousId'],
    ['a time that is none', { ...track, timestamp: 'yesterday' }, 'timestamp'],
    ['a text that holds a number but no time', { ...track, timestamp: 'week 7' }, 'timestamp'],
    ['a time of a month that is none', { ...track, timestamp: '2026-13-01T00:00:00Z' }, 'timestamp'],
    ['a time of a day that is none', { ...track, timestamp: '2026-02-29T00:00:00Z' }, 'timestamp'],
    ['more than a day ahead', { ...track, timestamp: now + 86_400_001 }, 'timestamp'],
    ['more than five years back', { ...track, timestamp: '2021-02-01T00:00:00Z' }, 'timestamp'],
    ['properties that are a list', { ...track, properties: [1] }, 'properties'],
    ['properties nested too deep', { ...track, properties: deep }, 'properties'],
    ['a context nested far too deep', { ...track, context: nested(200) }, ''],
  ];
  test.each(table)('%s', (_, raw, field) => {
    expect(readMessage(raw, live)).toMatchObject({ ok: false, field });
  });
});
