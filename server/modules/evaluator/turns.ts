import { setTimeout as delay } from 'node:timers/promises';

export interface Turns {
  /** Whom to look after; asked before each round. */
  list(): Promise<readonly number[]>;
  look(id: number): Promise<void>;
  /** the most looked after at once */
  atOnce: number;
  /** between rounds */
  pauseMs: number;
}

/**
 * Looks after all of them, round after round, until the signal aborts. One that takes long keeps its place and holds up no
 * other, until all places are taken; then who waits longest is next. `look` must not reject.
 */
export async function inTurns({ list, look, atOnce, pauseMs }: Turns, signal: AbortSignal): Promise<void> {
  const busy = new Map<number, Promise<void>>();
  const waiting = new Set<number>();
  while (!signal.aborted) {
    for (const id of await list()) if (!busy.has(id)) waiting.add(id);
    for (const id of waiting) {
      while (busy.size >= atOnce) await Promise.race(busy.values());
      if (signal.aborted) break;
      waiting.delete(id);
      busy.set(
        id,
        look(id).finally(() => busy.delete(id)),
      );
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(busy.values());
}
