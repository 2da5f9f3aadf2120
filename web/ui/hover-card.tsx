import {
  type ButtonHTMLAttributes,
  cloneElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Floating } from './floating.tsx';
import type { Placing } from './floating-place.ts';

export interface HoverCardProps {
  /** what the pointer rests on or the keyboard focuses; a button */
  trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  label: string;
  children: ReactNode;
}

const openMs = 250;
const closeMs = 120;
const placing: Placing = { side: 'bottom', align: 'start', gap: 6, margin: 8 };

/** Opens on hover, focus and press, and never takes the focus away. The pointer may go into it. */
export function HoverCard({ trigger, label, children }: HoverCardProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (ms: number, next: Element | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), ms);
  };
  const now = (next: Element | null) => {
    clearTimeout(timer.current);
    setAnchor(next);
  };
  const leave = () => later(closeMs, null);
  return (
    <>
      {cloneElement(trigger, {
        'aria-expanded': anchor !== null,
        'aria-describedby': anchor ? id : undefined,
        onPointerEnter: ({ currentTarget, pointerType }) => pointerType === 'mouse' && later(openMs, currentTarget),
        onPointerLeave: ({ pointerType }) => pointerType === 'mouse' && leave(),
        onFocus: ({ currentTarget }) => currentTarget.matches(':focus-visible') && now(currentTarget),
        onBlur: () => now(null),
        onClick: ({ currentTarget }) => now(currentTarget),
      })}
      {anchor && (
        <Floating
          anchor={anchor}
          placing={placing}
          onClose={() => now(null)}
          id={id}
          role="dialog"
          aria-label={label}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={leave}
          className="float w-80 max-w-[92vw] p-3 text-left text-sm font-normal tracking-normal"
        >
          {children}
        </Floating>
      )}
    </>
  );
}
