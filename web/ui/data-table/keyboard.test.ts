import { describe, expect, it } from 'vitest';
import { pressKey, selectionAfter, type TableEffect, type TableKey, type TablePlace } from './keyboard.ts';

const key = (name: string, more: Partial<TableKey> = {}): TableKey => ({
  key: name,
  shift: false,
  mod: false,
  ...more,
});
const at = (cursor: number, anchor = cursor): TablePlace => ({ cursor, anchor });
const none: TableEffect = { kind: 'none' };

describe('pressing a key in a table of 10 rows, 4 in sight', () => {
  it.each([
    ['down from nowhere goes to the first row', at(-1), key('ArrowDown'), at(0), none],
    ['down', at(3), key('ArrowDown'), at(4), none],
    ['down stops at the last loaded row', at(9), key('ArrowDown'), at(9), none],
    ['up stops at the first', at(0), key('ArrowUp'), at(0), none],
    ['page down', at(3), key('PageDown'), at(7), none],
    ['end', at(3), key('End'), at(9), none],
    ['ctrl up', at(3), key('ArrowUp', { mod: true }), at(0), none],
    ['enter opens', at(3), key('Enter'), at(3), { kind: 'open', index: 3 }],
    ['space toggles and sets the anchor', at(3, 1), key(' '), at(3), { kind: 'toggle', index: 3 }],
    ['shift down extends', at(3), key('ArrowDown', { shift: true }), at(4, 3), { kind: 'range', from: 3, to: 4 }],
    ['shift up extends upward', at(3), key('ArrowUp', { shift: true }), at(2, 3), { kind: 'range', from: 2, to: 3 }],
    [
      'shift space fills from the anchor',
      at(6, 2),
      key(' ', { shift: true }),
      at(6, 2),
      { kind: 'range', from: 2, to: 6 },
    ],
    ['ctrl a selects all loaded', at(3), key('a', { mod: true }), at(3), { kind: 'all' }],
    ['escape clears', at(3), key('Escape'), at(3), { kind: 'clear' }],
  ] as [string, TablePlace, TableKey, TablePlace, TableEffect][])('%s', (_name, place, pressed, nextPlace, effect) => {
    expect(pressKey(place, pressed, 10, 4)).toEqual({ place: nextPlace, effect });
  });

  it.each([
    ['an unknown key', at(3), key('q'), 10],
    ['enter before any row', at(-1), key('Enter'), 10],
    ['space before any row', at(-1), key(' '), 10],
    ['an empty table', at(-1), key('ArrowDown'), 0],
  ] as [string, TablePlace, TableKey, number][])('does nothing for %s', (_name, place, pressed, count) => {
    expect(pressKey(place, pressed, count, 4)).toBeNull();
  });
});

describe('the selection', () => {
  const ids = ['a', 'b', 'c', 'd'];
  it.each([
    ['toggle on', ['a'], { kind: 'toggle', index: 1 }, ['a', 'b']],
    ['toggle off', ['a', 'b'], { kind: 'toggle', index: 1 }, ['a']],
    ['range adds', ['a'], { kind: 'range', from: 2, to: 3 }, ['a', 'c', 'd']],
    ['all keeps rows that are not loaded', ['z'], { kind: 'all' }, ['z', 'a', 'b', 'c', 'd']],
    ['clear', ['a', 'z'], { kind: 'clear' }, []],
    ['none', ['a'], { kind: 'none' }, ['a']],
    ['toggle beyond the rows', ['a'], { kind: 'toggle', index: 9 }, ['a']],
  ] as [string, string[], TableEffect, string[]][])('%s', (_name, before, effect, after) => {
    expect([...selectionAfter(new Set(before), effect, ids)]).toEqual(after);
  });
});
