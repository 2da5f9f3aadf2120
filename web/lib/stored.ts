import { useState } from 'react';

/** State that this browser remembers: what is comfortable rather than what is meant to be shared (that goes in the address). */
export function useStored<T>(key: string, initial: T): [T, (value: T) => void] {
  const name = `perennial.${key}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const stored = localStorage.getItem(name);
      return stored === null ? initial : (JSON.parse(stored) as T);
    } catch {
      return initial;
    }
  });
  const store = (next: T) => {
    setValue(next);
    try {
      localStorage.setItem(name, JSON.stringify(next));
    } catch {
      // Without storage it holds until the page is closed.
    }
  };
  return [value, store];
}
