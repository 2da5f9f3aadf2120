import { describe, expect, it } from 'vitest';
import { addPoint, frameOf, fromScreen, movePoint, removePoint, stepOf, toScreen } from './curve-geometry.ts';

const stickiness = [
  { x: 0, y: 0 },
  { x: 0.15, y: 40 },
  { x: 0.4, y: 70 },
  { x: 0.6, y: 100 },
];

describe('dragging the points of a curve', () => {
  it.each([
    ['moves and snaps', 1, { x: 0.2049, y: 44.6 }, { x: 0.2, y: 45 }],
    ['cannot pass the next point', 1, { x: 0.9, y: 50 }, { x: 0.39, y: 50 }],
    ['cannot pass the point before', 2, { x: 0, y: 50 }, { x: 0.16, y: 50 }],
    ['stays within the scale', 3, { x: 0.6, y: 180 }, { x: 0.6, y: 100 }],
    ['never below nothing', 0, { x: 0, y: -20 }, { x: 0, y: 0 }],
  ])('%s', (_name, index, to, expected) => {
    const moved = movePoint(stickiness, index, to);
    expect(moved[index]).toEqual(expected);
    expect(moved.filter((_, at) => at !== index)).toEqual(stickiness.filter((_, at) => at !== index));
  });

  it('adds in order and not twice in one place', () => {
    expect(addPoint(stickiness, { x: 0.3, y: 60 }).map((point) => point.x)).toEqual([0, 0.15, 0.3, 0.4, 0.6]);
    expect(addPoint(stickiness, { x: 0.401, y: 60 })).toEqual(stickiness);
  });

  it('keeps two points', () => {
    expect(removePoint(stickiness, 1)).toHaveLength(3);
    expect(removePoint(stickiness.slice(0, 2), 0)).toHaveLength(2);
  });

  it.each([
    [0.6, 0.01],
    [10, 0.1],
    [168, 1],
    [60_000, 1000],
  ])('for a range of %d the step is %d', (range, step) => {
    expect(
      stepOf([
        { x: 0, y: 0 },
        { x: range, y: 100 },
      ]),
    ).toBe(step);
  });
});

it('goes to the screen and back', () => {
  const frame = frameOf(stickiness, 0.9, { width: 400, height: 200 });
  for (const point of stickiness) {
    const back = fromScreen(frame, toScreen(frame, point));
    expect(back.x).toBeCloseTo(point.x, 9);
    expect(back.y).toBeCloseTo(point.y, 9);
  }
});
