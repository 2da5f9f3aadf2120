import { cloneElement, type HTMLAttributes, type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { Floating } from './floating.tsx';
import type { Placing, Side } from './floating-place.ts';
import { Kbd } from './kbd.tsx';

export interface TooltipProps {
  text: string;
  shortcut?: string | undefined;
  /** a control; it keeps its own handlers */
  children: ReactElement<HTMLAttributes<HTMLElement>>;
  side?: Side;
}

const delayMs = 350;

/** A short name for something that has none in sight, or what it means. Never the only place of information. */
export function Tooltip({ text, shortcut, children, side = 'bottom' }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const placing = useMemo((): Placing => ({ side, align: 'center', gap: 6, margin: 8 }), [side]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hide = () => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  const { onPointerEnter, onPointerLeave, onPointerDown, onFocus, onBlur } = children.props;
  const control = cloneElement(children, {
    onPointerEnter: (event) => {
      onPointerEnter?.(event);
      const { currentTarget, pointerType } = event;
      clearTimeout(timer.current);
      if (pointerType === 'mouse') timer.current = setTimeout(() => setAnchor(currentTarget), delayMs);
    },
    onPointerLeave: (event) => {
      onPointerLeave?.(event);
      hide();
    },
    onPointerDown: (event) => {
      onPointerDown?.(event);
      hide();
    },
    onFocus: (event) => {
      onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) setAnchor(event.currentTarget);
    },
    onBlur: (event) => {
      onBlur?.(event);
      hide();
    },
  });
  return (
    <>
      {control}
      {anchor && (
        <Floating
          anchor={anchor}
          placing={placing}
          onClose={hide}
          role="tooltip"
          className="pointer-events-none flex w-max max-w-72 items-center gap-2 rounded-sm bg-inverse px-2 py-1 text-xs text-on-inverse shadow-float"
        >
          {text}
          {shortcut && <Kbd keys={shortcut} inverse />}
        </Floating>
      )}
    </>
  );
}
