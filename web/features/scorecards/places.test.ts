import { expect, it } from 'vitest';
import { pathsUp, signalAt } from './places.ts';

it('goes up from a place to what contains it', () => {
  expect(pathsUp('components[0].signals[1].weight')).toEqual([
    'components[0].signals[1].weight',
    'components[0].signals[1]',
    'components[0].signals',
    'components[0]',
    'components',
    '',
  ]);
});

it.each([
  ['components[2].signals[11].curve.points[0].x', { component: 2, signal: 11 }],
  ['components[2].weight', null],
  ['bands[0].lower', null],
])('%s', (path, expected) => {
  expect(signalAt(path)).toEqual(expected);
});
