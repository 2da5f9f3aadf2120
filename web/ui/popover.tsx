import { Popover as Base } from '@base-ui/react/popover';
import { type ReactElement, type ReactNode, useState } from 'react';
import { cx } from './cx.ts';

export interface PopoverProps {
  /** a button */
  trigger: ReactElement;
  /** read aloud when it opens */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  side?: 'top' | 'right' | 'bottom' | 'left';
  align?: 'start' | 'center' | 'end';
  defaultOpen?: boolean;
  onClose?: () => void;
  className?: string;
}

/** A small floating surface that belongs to one control. */
export function Popover(props: PopoverProps) {
  const { trigger, label, children, side = 'bottom', align = 'start', defaultOpen = false, onClose, className } = props;
  const [open, setOpen] = useState(defaultOpen);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) onClose?.();
  };
  return (
    <Base.Root open={open} onOpenChange={change}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup aria-label={label} className={cx('float enter max-w-[92vw] text-sm', className)}>
            {typeof children === 'function' ? children(() => change(false)) : children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface HoverCardProps {
  /** what the pointer rests on or the keyboard focuses; a button */
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** Opens on hover, focus and press, and never takes the focus away. */
export function HoverCard({ trigger, label, children, side = 'bottom' }: HoverCardProps) {
  const [open, setOpen] = useState(false);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger
        render={trigger}
        openOnHover
        delay={250}
        closeDelay={120}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      <Base.Portal>
        <Base.Positioner side={side} align="start" sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            aria-label={label}
            initialFocus={false}
            finalFocus={false}
            className="float enter w-80 max-w-[92vw] p-3 text-sm"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
