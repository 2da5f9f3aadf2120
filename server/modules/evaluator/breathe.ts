import { setImmediate as nextTurn } from 'node:timers/promises';

/** Requests that arrive meanwhile wait at most this long, and what a single item takes. */
const breathEveryMs = 8;

/** `map` for a lot of computing: others on this event loop get their turn every few milliseconds. */
export async function mapBreathing<A, B>(items: readonly A[], compute: (item: A) => B): Promise<B[]> {
  const results: B[] = [];
  let since = performance.now();
  for (const item of items) {
    if (performance.now() - since > breathEveryMs) {
      await nextTurn();
      since = performance.now();
    }
    results.push(compute(item));
  }
  return results;
}
