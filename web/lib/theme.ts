import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';
const storageKey = 'perennial.theme';
const listeners = new Set<() => void>();
const darkQuery = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

function apply() {
  const choice = readChoice();
  const dark = choice === 'dark' || (choice === 'system' && darkQuery?.matches === true);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  for (const listener of listeners) listener();
}
darkQuery?.addEventListener('change', apply);

/** Keeps the member's choice in this browser and shows it at once. */
export function setTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
  apply();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): { choice: ThemeChoice; dark: boolean } {
  const key = useSyncExternalStore(subscribe, () => `${readChoice()} ${document.documentElement.dataset.theme}`);
  const [choice, shown] = key.split(' ');
  return { choice: choice as ThemeChoice, dark: shown === 'dark' };
}
