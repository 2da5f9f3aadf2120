/** What a dialog and a side panel are made of; fetched when the first one opens. */
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { Suspense } from 'react';
import { cx } from './cx.ts';
import type { DialogProps, SidePanelProps } from './dialog.tsx';
import { SkeletonLines } from './skeleton.tsx';

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-4xl' };
const closeClass = 'rounded-sm p-1 text-faint hover:bg-hover hover:text-text';
const backdropClass =
  'fixed inset-0 z-40 bg-backdrop transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0';

export function OpenedDialog({ open, onClose, title, description, children, actions, width = 'sm' }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup
          className={cx(
            'enter fixed top-[max(3rem,14vh)] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col rounded-lg bg-raised shadow-float',
            widths[width],
          )}
        >
          <div className="flex items-start gap-4 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description && <Base.Description className="mt-1 text-sm text-muted">{description}</Base.Description>}
            </div>
            <Base.Close aria-label="Close" className={closeClass}>
              <X className="size-4" aria-hidden="true" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-2">{children}</div>
          {actions && <div className="flex justify-end gap-2 px-5 pt-2 pb-4">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export function OpenedSidePanel({ open, onClose, title, actions, children, wide }: SidePanelProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup
          className={cx(
            'fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line bg-surface shadow-float transition-transform data-[ending-style]:translate-x-full data-[starting-style]:translate-x-full',
            wide ? 'sm:w-[45rem]' : 'sm:w-[30rem]',
          )}
        >
          <div className="flex min-h-13 items-center gap-3 border-b border-line px-5 py-2.5">
            <Base.Title className="min-w-0 flex-1 truncate text-base font-semibold">{title}</Base.Title>
            {actions}
            <Base.Close aria-label="Close panel" className={closeClass}>
              <X className="size-4" aria-hidden="true" />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
            <Suspense fallback={<SkeletonLines lines={6} />}>{children}</Suspense>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
