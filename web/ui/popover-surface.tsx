import { Popover as Base } from '@base-ui/react/popover';
import { useState } from 'react';
import { cx } from './cx.ts';
import type { PopoverProps } from './popover.tsx';

/** The opened Popover; fetched with the first press. */
export default function PopoverSurface({
  trigger,
  label,
  children,
  side = 'bottom',
  align = 'start',
  onClose,
  className,
}: PopoverProps) {
  const [open, setOpen] = useState(true);
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
