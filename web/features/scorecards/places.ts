/** Where on the page a fault of a definition is: `components[0].signals[1].weight`. */

/** The id of the element that shows a path. */
export function placeId(path: string): string {
  return `at-${path || 'whole'}`;
}

/** The path itself and what contains it, nearest first. */
export function pathsUp(path: string): string[] {
  const paths = [path];
  let at = path;
  while (at !== '') {
    const cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
    at = cut > 0 ? at.slice(0, cut) : '';
    paths.push(at);
  }
  return paths;
}

/** The component and signal that a path lies in; null where in none. */
export function signalAt(path: string): { component: number; signal: number } | null {
  const match = /^components\[(\d+)\]\.signals\[(\d+)\]/.exec(path);
  return match ? { component: Number(match[1]), signal: Number(match[2]) } : null;
}
