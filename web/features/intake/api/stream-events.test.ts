import { expect, it } from 'vitest';
import { readEvent } from './stream-events.ts';

const now = Date.parse('2026-03-01T10:00:00.000Z');
const arrived = '2026-03-01T10:00:00.000Z';

it.each([
  [
    'an event',
    {
      messageId: 'm1',
      kind: 'track',
      name: 'Report created',
      at: '2026-03-01T09:59:58.000Z',
      user: 'u1',
      group: 'acme',
      properties: { n: 1 },
    },
    {
      messageId: 'm1',
      name: 'Report created',
      at: '2026-03-01T09:59:58.000Z',
      receivedAt: arrived,
      user: 'u1',
      reference: 'acme',
      settled: false,
    },
  ],
  [
    'a call without a name or a time',
    { messageId: 'm2', kind: 'identify', name: null, at: null },
    { name: 'identify', at: arrived, user: null },
  ],
])('reads %s', (_, sent, expected) => {
  expect(readEvent(JSON.stringify(sent), now)).toMatchObject(expected);
});

it.each(['', 'null', '3', '{"type":"hello"}', '{"kind":"track"'])('passes over %j', (data) => {
  expect(readEvent(data, now)).toBeNull();
});
