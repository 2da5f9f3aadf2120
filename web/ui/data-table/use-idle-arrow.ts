import { useEffect } from 'react';

/** Calls when ↓ or ↑ is pressed while nothing on the page has the focus, so that the rows can be walked without finding them first. */
export function useIdleArrow(enter: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const held = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (held || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || !isIdle(event.target)) return;
      event.preventDefault();
      enter();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enter]);
}

function isIdle(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof HTMLElement && target.id === 'page');
}
