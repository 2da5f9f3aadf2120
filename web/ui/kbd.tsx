import { cx } from './cx.ts';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** Shows keys such as "mod+k": ⌘K on a Mac, Ctrl K elsewhere. */
export function Kbd({ keys, inverse = false }: { keys: string; inverse?: boolean }) {
  const shown = keys.split('+').map((key) => {
    if (key === 'mod') return isMac ? '⌘' : 'Ctrl';
    if (key === 'shift') return isMac ? '⇧' : 'Shift';
    return key.length === 1 ? key.toUpperCase() : key;
  });
  return (
    <kbd
      className={cx(
        'inline-flex items-center gap-0.5 rounded-xs px-1 font-sans text-2xs font-medium',
        inverse ? 'border border-current/30' : 'border border-line bg-sunken text-muted',
      )}
    >
      {shown.join(isMac ? '' : ' ')}
    </kbd>
  );
}
