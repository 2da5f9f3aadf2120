/** What a key does to the place and the selection in a table. Pure, so that it can be tested without a page. */

export interface TablePlace {
  /** index of the row in focus; −1 before any */
  cursor: number;
  /** where a shift selection began */
  anchor: number;
}

export interface TableKey {
  key: string;
  shift: boolean;
  /** ctrl or cmd */
  mod: boolean;
}

export type TableEffect =
  | { kind: 'none' }
  | { kind: 'open'; index: number }
  | { kind: 'toggle'; index: number }
  /** select all rows from..to, both inside */
  | { kind: 'range'; from: number; to: number }
  | { kind: 'all' }
  | { kind: 'clear' };

export interface TableMove {
  place: TablePlace;
  effect: TableEffect;
}

const none: TableEffect = { kind: 'none' };

/** The next place and effect, or null when the key means nothing here. `count` is the number of loaded rows, `page` the rows in sight. */
export function pressKey(place: TablePlace, pressed: TableKey, count: number, page: number): TableMove | null {
  if (pressed.key === 'Escape') return { place, effect: { kind: 'clear' } };
  if (count === 0) return null;
  if (pressed.mod && pressed.key.toLowerCase() === 'a') return { place, effect: { kind: 'all' } };
  if (pressed.key === 'Enter' && place.cursor >= 0) return { place, effect: { kind: 'open', index: place.cursor } };
  if (pressed.key === ' ' || (!pressed.mod && pressed.key === 'x')) return select(place, pressed.shift);
  const target = targetOf(place.cursor, pressed, count, page);
  if (target === null) return null;
  if (!pressed.shift) return { place: { cursor: target, anchor: target }, effect: none };
  const anchor = Math.max(0, place.anchor);
  return { place: { cursor: target, anchor }, effect: rangeOf(anchor, target) };
}

function select(place: TablePlace, shift: boolean): TableMove | null {
  if (place.cursor < 0) return null;
  if (shift && place.anchor >= 0) return { place, effect: rangeOf(place.anchor, place.cursor) };
  return { place: { ...place, anchor: place.cursor }, effect: { kind: 'toggle', index: place.cursor } };
}

function targetOf(cursor: number, pressed: TableKey, count: number, page: number): number | null {
  const clamp = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (pressed.key) {
    case 'ArrowDown':
      return pressed.mod ? count - 1 : clamp(cursor + 1);
    case 'ArrowUp':
      return pressed.mod ? 0 : clamp(cursor - 1);
    case 'PageDown':
      return clamp(cursor + page);
    case 'PageUp':
      return clamp(cursor - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function rangeOf(one: number, other: number): TableEffect {
  return { kind: 'range', from: Math.min(one, other), to: Math.max(one, other) };
}

/** The selection after an effect. Ids of rows that are not loaded stay as they are. */
export function selectionAfter(
  selected: ReadonlySet<string>,
  effect: TableEffect,
  ids: readonly string[],
): ReadonlySet<string> {
  switch (effect.kind) {
    case 'toggle': {
      const next = new Set(selected);
      const id = ids[effect.index];
      if (id !== undefined && !next.delete(id)) next.add(id);
      return next;
    }
    case 'range':
      return new Set([...selected, ...ids.slice(effect.from, effect.to + 1)]);
    case 'all':
      return new Set([...selected, ...ids]);
    case 'clear':
      return new Set();
    default:
      return selected;
  }
}
