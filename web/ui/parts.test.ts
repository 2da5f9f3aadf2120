import { expect, it } from 'vitest';
import { stepsFrom } from './parts.ts';

it('floats each bar from where the one before ended', () => {
  expect(stepsFrom(60, [5, -10])).toEqual([
    { low: 60, high: 65, rises: true },
    { low: 55, high: 65, rises: false },
  ]);
});
