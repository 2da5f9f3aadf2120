import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatNumber } from '#web/lib/format.ts';
import { IconButton } from '../button.tsx';

export interface BulkBarProps {
  /** rows selected; the bar is away at 0 */
  count: number;
  /** how many there are in all, when more than are selected could be */
  of?: number | undefined;
  onClear: () => void;
  /** for example "Select all 1,204 that match" */
  more?: ReactNode;
  children: ReactNode;
}

/** What can be done to the selected rows. Floats over the foot of the table. */
export function BulkBar({ count, of, onClear, more, children }: BulkBarProps) {
  if (count === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label="Actions on the selection"
      className="float absolute bottom-12 left-1/2 z-30 flex max-w-[calc(100%-1rem)] -translate-x-1/2 items-center gap-1.5 overflow-x-auto py-1.5 pr-1.5 pl-3"
    >
      <span className="tnum mr-1 text-sm font-medium whitespace-nowrap">
        {of === undefined || of <= count
          ? `${formatNumber(count)} selected`
          : `${formatNumber(count)} of ${formatNumber(of)} selected`}
      </span>
      {more}
      <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
      {children}
      <IconButton label="Clear selection" shortcut="Esc" size="sm" onClick={onClear}>
        <X className="size-4" aria-hidden="true" />
      </IconButton>
    </div>
  );
}
