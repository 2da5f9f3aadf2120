import type { TableLayout } from './types.ts';

/** Puts a column in front of another one; the sticky first column keeps its place. */
export function moveColumn(
  layout: TableLayout,
  all: readonly string[],
  moved: string,
  before: string | null,
): TableLayout {
  const known = [...layout.order.filter((id) => all.includes(id)), ...all.filter((id) => !layout.order.includes(id))];
  const [first] = all;
  if (moved === first || moved === before) return layout;
  const rest = known.filter((id) => id !== moved);
  const at = before === null ? rest.length : rest.indexOf(before);
  rest.splice(Math.max(at, rest[0] === first ? 1 : 0), 0, moved);
  return { ...layout, order: rest };
}

/** Shows a hidden column or hides a shown one. */
export function toggleColumn(layout: TableLayout, id: string): TableLayout {
  const hidden = layout.hidden.includes(id) ? layout.hidden.filter((other) => other !== id) : [...layout.hidden, id];
  return { ...layout, hidden };
}
