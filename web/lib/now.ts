import { useSyncExternalStore } from 'react';

const tickMs = 30_000;

/** The present moment for all that show it, moved on every half minute while anybody looks. */
export function makeClock() {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();

  function tick() {
    now = Date.now();
    for (const each of listeners) each();
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    if (timer === undefined) {
      // While nobody looked it stood still: what happened since would seem to lie ahead.
      now = Date.now();
      timer = setInterval(tick, tickMs);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }

  return { subscribe, read: () => now };
}

const clock = makeClock();

/** The present moment in epoch milliseconds, moving on every half minute so that "3 minutes ago" stays true. */
export function useNow(): number {
  return useSyncExternalStore(clock.subscribe, clock.read);
}
