import { expect, it } from 'vitest';
import { readLiveUpdate } from './live.ts';

it.each([
  ['many accounts', '{"accountIds":[1,2]}', [1, 2]],
  ['one account', '{"accountId":7}', [7]],
  ['progress of a work', '{"id":3,"done":10}', []],
  ['ids of another kind are left out', '{"accountIds":["x",4]}', [4]],
])('reads %s', (_name, data, accountIds) => {
  expect(readLiveUpdate('message', data)).toEqual({ type: 'message', accountIds });
});

it.each(['not json', '3', 'null'])('passes over %s', (data) => expect(readLiveUpdate('message', data)).toBeNull());
