import {
  type ButtonHTMLAttributes,
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from 'react';

const load = () => import('./popover-surface.tsx');
const PopoverSurface = lazy(load);

export interface PopoverProps {
  /** a button */
  trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  /** read aloud when it opens */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  side?: 'top' | 'right' | 'bottom' | 'left';
  align?: 'start' | 'center' | 'end';
  defaultOpen?: boolean;
  onClose?: () => void;
  className?: string;
}

/** A small floating surface that belongs to one control. Its code comes when the control is reached, before it is pressed. */
export function Popover(props: PopoverProps) {
  const { trigger, defaultOpen = false } = props;
  const [wanted, setWanted] = useState(defaultOpen);
  const button = cloneElement(trigger, {
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => setWanted(true),
  });
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <PopoverSurface {...props} />
    </Suspense>
  );
}
