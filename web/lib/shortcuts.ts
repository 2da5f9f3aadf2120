import { useEffect, useRef } from 'react';

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Whether a key press is the shortcut "mod+k", "/", "?", … `mod` is ctrl or cmd. */
export function isShortcut(press: KeyPress, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1)!;
  const mod = parts.includes('mod');
  const held = press.ctrlKey || press.metaKey;
  return press.key.toLowerCase() === key.toLowerCase() && held === mod && !press.altKey;
}

/** Whether keys typed here are text rather than shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return (
    target.tagName === 'INPUT' && !['checkbox', 'radio', 'range', 'button'].includes((target as HTMLInputElement).type)
  );
}

/** Runs on a shortcut anywhere on the page. Shortcuts without `mod` are silent while somebody types. */
export function useShortcut(keys: string, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event, keys) || (!keys.includes('mod') && isTyping(event.target))) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys]);
}

const sequenceMs = 900;

/** Two keys one after the other, such as "g a". The map is from the second key to what it does. */
export function useSequences(first: string, second: Readonly<Record<string, () => void>>): void {
  const latest = useRef(second);
  latest.current = second;
  useEffect(() => {
    let armedUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.timeStamp < armedUntil && latest.current[event.key]) {
        event.preventDefault();
        latest.current[event.key]!();
      }
      armedUntil = event.key === first ? event.timeStamp + sequenceMs : 0;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [first]);
}
