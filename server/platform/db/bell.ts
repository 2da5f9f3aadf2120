/** Wakes a loop that otherwise looks for work by the clock. */
export interface Bell {
  ring: () => void;
  /** Resolves when rung, also if that was since the last wait; after `ms`; or when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (ms, signal) => {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            // A loop waits many times a minute for as long as the process lives: what is left behind would add up.
            signal.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, ms);
          signal.addEventListener('abort', done);
          wake = done;
        });
      }
      rung = false;
      wake = null;
    },
  };
}
