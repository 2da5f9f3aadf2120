import { useSyncExternalStore } from 'react';

// Tailwind's `sm` begins at 640 px.
const query = '(max-width: 639px)';

function subscribe(changed: () => void) {
  const list = window.matchMedia(query);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}

/** Whether the window is as narrow as a phone; for what CSS alone cannot change. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
