import { expect, it } from 'vitest';
import { type Placing, placeBeside, type Rect } from './floating-place.ts';

const view = { width: 400, height: 300 };
const box = { width: 100, height: 50 };
const below: Placing = { side: 'bottom', align: 'start', gap: 6, margin: 8 };
const at = (left: number, top: number): Rect => ({ left, top, width: 40, height: 20 });

it.each([
  ['below, at its beginning', at(100, 100), below, { left: 100, top: 126 }],
  ['below, in the middle', at(100, 100), { ...below, align: 'center' as const }, { left: 70, top: 126 }],
  ['above', at(100, 100), { ...below, side: 'top' as const }, { left: 100, top: 44 }],
  [
    'to the right',
    at(100, 100),
    { ...below, side: 'right' as const, align: 'center' as const },
    { left: 146, top: 85 },
  ],
  [
    'to the left when the right has no room',
    at(350, 100),
    { ...below, side: 'right' as const },
    { left: 244, top: 100 },
  ],
  ['above when below has no room', at(100, 270), below, { left: 100, top: 214 }],
  ['moved in from the right edge', at(380, 100), below, { left: 292, top: 126 }],
  ['moved in from the left edge', at(0, 100), { ...below, align: 'center' as const }, { left: 8, top: 126 }],
])('%s', (_name, anchor, placing, place) => expect(placeBeside(anchor, box, view, placing)).toEqual(place));

it('stays on its side, inside the window, when neither side has room', () => {
  const tall = { width: 100, height: 280 };
  expect(placeBeside(at(100, 150), tall, view, below)).toEqual({ left: 100, top: 12 });
});
