/**
 * The names most like a mistyped one, nearest first, at most `limit`. A name is near by few edits (insert, delete,
 * replace, swap of neighbours), whole or in the part after its first dot; too unlike ones are left out.
 */
export function nearestNames(typed: string, names: readonly string[], limit = 3): string[] {
  const wanted = typed.toLowerCase();
  const tolerance = Math.max(2, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, distance: nameDistance(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

function nameDistance(typed: string, name: string): number {
  const last = name.slice(name.indexOf('.') + 1);
  // a little more than an exact match, so that the whole name wins a tie
  return Math.min(editDistance(typed, name), editDistance(typed.slice(typed.indexOf('.') + 1), last) + 0.5);
}

/** Fewest edits (insert, delete, replace, swap of neighbours) that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? beforeLast[j - 2]! + 1 : replace;
      row.push(Math.min(replace, swap, last[j]! + 1, row[j - 1]! + 1));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
