import { type HTMLAttributes, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type Placing, placeBeside } from './floating-place.ts';

export interface FloatingProps extends HTMLAttributes<HTMLDivElement> {
  anchor: Element;
  placing: Placing;
  /** Escape, or what it belongs to moved away under it */
  onClose: () => void;
}

/** A box beside what it belongs to, that never takes the focus. For what is pressed and holds controls take Popover. */
export function Floating({ anchor, placing, onClose, style, ...rest }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const { offsetWidth: width, offsetHeight: height } = box.current!;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    setPlace(placeBeside(anchor.getBoundingClientRect(), { width, height }, view, placing));
  }, [anchor, placing]);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close.current();
    const onMove = () => close.current();
    window.addEventListener('keydown', onKey);
    window.addEventListener('scroll', onMove, true);
    window.addEventListener('resize', onMove);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('scroll', onMove, true);
      window.removeEventListener('resize', onMove);
    };
  }, []);
  return createPortal(
    <div
      ref={box}
      {...rest}
      style={{ ...style, position: 'fixed', zIndex: 50, ...(place ?? { left: 0, top: 0, visibility: 'hidden' }) }}
    />,
    document.body,
  );
}
