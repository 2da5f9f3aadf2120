import { expect, it } from 'vitest';
import { moveColumn, toggleColumn } from './layout.ts';

const all = ['name', 'health', 'arr', 'owner'];
const layout = { order: all, hidden: [], widths: {} };

it.each([
  ['before another', 'owner', 'health', ['name', 'owner', 'health', 'arr']],
  ['to the end', 'health', null, ['name', 'arr', 'owner', 'health']],
  ['never in front of the sticky one', 'arr', 'name', ['name', 'arr', 'health', 'owner']],
  ['the sticky one stays', 'name', null, all],
])('moves a column %s', (_name, moved, before, order) => {
  expect(moveColumn(layout, all, moved, before).order).toEqual(order);
});

it('adds columns that a saved layout does not know yet, and forgets those that are gone', () => {
  const old = { ...layout, order: ['name', 'gone', 'arr'] };
  expect(moveColumn(old, all, 'arr', null).order).toEqual(['name', 'health', 'owner', 'arr']);
});

it('hides and shows', () => {
  const hidden = toggleColumn(layout, 'arr');
  expect(hidden.hidden).toEqual(['arr']);
  expect(toggleColumn(hidden, 'arr').hidden).toEqual([]);
});
