import { useEffect, useSyncExternalStore } from 'react';

/** Something that can be done from the command palette. */
export interface Command {
  id: string;
  label: string;
  /** heading in the list */
  group: string;
  /** further words by which it is found */
  keywords?: string;
  shortcut?: string;
  run: () => void;
}

let registered: readonly { owner: symbol; commands: readonly Command[] }[] = [];
const listeners = new Set<() => void>();

function set(next: typeof registered) {
  registered = next;
  for (const listener of listeners) listener();
}

/** Offers commands while the calling part is on the page. Give a stable list (useMemo). */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const owner = Symbol();
    set([{ owner, commands }, ...registered]);
    return () => set(registered.filter((entry) => entry.owner !== owner));
  }, [commands]);
}

/** Does what a command on offer does; nothing when it is not offered now. */
export function runCommand(id: string): void {
  const all = registered.flatMap(({ commands }) => commands);
  all.find((command) => command.id === id)?.run();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** All commands on offer now, those of the innermost page first. */
export function useAllCommands(): Command[] {
  const all = useSyncExternalStore(subscribe, () => registered);
  return all.flatMap((entry) => entry.commands);
}
