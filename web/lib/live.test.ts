import { expect, it } from 'vitest';
import { readJudged } from './live.ts';

it.each([
  ['some accounts', '{"accounts":[1,2]}', [1, 2]],
  ['too many to name', '{"accounts":null}', 'many'],
  ['none', '{"accounts":[]}', []],
  ['ids of another kind are left out', '{"accounts":["x",4]}', [4]],
])('reads %s', (_name, data, judged) => expect(readJudged(data)).toEqual(judged));

it.each(['not json', '3', 'null', '{}', '{"accounts":7}'])('passes over %s', (data) =>
  expect(readJudged(data)).toBeNull(),
);
