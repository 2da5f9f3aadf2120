import { expect, it } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

const frame = { width: 24, height: 24 };

it.each([
  ['a line', [0, 10], 'M2 22h0L22 2', { x: 22, y: 2 }],
  ['a gap breaks the line', [0, null, 10], 'M2 22h0M22 2h0', { x: 22, y: 2 }],
  ['the end is the last known point', [0, 10, null], 'M2 22h0L12 2', { x: 12, y: 2 }],
  ['nothing known', [null, null], '', null],
  ['one value', [5], 'M2 12h0', { x: 2, y: 12 }],
])('%s', (_name, values, path, end) => {
  expect(sparklinePath(values, frame)).toEqual({ path, end });
});

it('draws a flat line in the middle when all values are equal', () => {
  expect(sparklinePath([3, 3], frame).path).toBe('M2 12h0L22 12');
});

it('keeps a small move small when the height stands for more', () => {
  expect(sparklinePath([45, 55], { ...frame, leastSpan: 40 }).path).toBe('M2 14.5h0L22 9.5');
});
