import { expect, it } from 'vitest';
import { readEvent } from './stream-events.ts';

const received = '2026-03-01T10:00:00.000Z';

it.each([
  [
    'an event',
    JSON.stringify({ kind: 'track', name: 'Report created', receivedAt: received, accountId: 3 }),
    { name: 'Report created', accountId: 3, user: null },
  ],
  [
    'an event without its own time',
    JSON.stringify({ kind: 'page', name: 'Home', receivedAt: received }),
    { at: received },
  ],
])('reads %s', (_, data, expected) => {
  expect(readEvent(data)).toMatchObject(expected);
});

it.each(['', 'null', '3', '{"type":"hello"}', '{"kind":"track"'])('passes over %j', (data) => {
  expect(readEvent(data)).toBeNull();
});
