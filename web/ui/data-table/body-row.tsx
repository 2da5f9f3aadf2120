// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed freely, which table elements do not allow; the roles say the same
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
import { memo, type ReactNode } from 'react';
import { cx } from '../cx.ts';
import { Skeleton } from '../skeleton.tsx';
import { Checkbox } from '../toggles.tsx';
import type { DataColumn } from './types.ts';

export interface BodyRowProps<Row> {
  /** undefined while the row is being loaded */
  row: Row | undefined;
  id: string;
  index: number;
  top: number;
  height: number;
  columns: readonly DataColumn<Row>[];
  selectable: boolean;
  selected: boolean;
  focused: boolean;
  openable: boolean;
  /** draws the row as a card in place of its cells */
  card?: ((row: Row) => ReactNode) | undefined;
  onPress: (index: number, event: { shift: boolean; open: boolean }) => void;
}

const inner = 'a, button, input, select, textarea, label';

function Row<T>(props: BodyRowProps<T>) {
  const { row, id, index, top, height, columns, selectable, selected, focused, openable, card, onPress } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it handles all keys
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      data-focused={focused || undefined}
      data-selected={selected || undefined}
      onClick={(event) => {
        const target = event.target as Element;
        // A menu of the row is drawn elsewhere on the page; its presses come up through React all the same.
        if (!event.currentTarget.contains(target)) return;
        if (target.closest(inner) || window.getSelection()?.toString()) return;
        onPress(index, { shift: event.shiftKey, open: !event.shiftKey });
      }}
      className={cx(
        'data-row-grid data-row absolute inset-x-0 top-0 border-b border-line',
        openable && 'cursor-pointer',
      )}
      // A card is as wide as the page, however long its texts are.
      style={{ height, transform: `translateY(${top}px)`, ...(card && { width: '100%' }) }}
    >
      {card && (
        <div role="gridcell" className="data-cell col-span-full min-w-0 overflow-hidden">
          {row ? card(row) : <CardSkeleton />}
        </div>
      )}
      {!card && selectable && (
        <div role="gridcell" className="data-cell sticky left-0 z-1 flex items-center justify-center">
          <Checkbox
            aria-label="Select row"
            tabIndex={-1}
            checked={selected}
            disabled={!row}
            onClick={(event) => {
              event.stopPropagation();
              onPress(index, { shift: event.shiftKey, open: false });
            }}
            readOnly
          />
        </div>
      )}
      {!card &&
        columns.map((column, place) => (
          <Cell key={column.id} sticky={place === 0} right={column.align === 'right'}>
            {row ? column.cell(row) : <CellSkeleton shape={column.skeleton} index={index} />}
          </Cell>
        ))}
    </div>
  );
}

/** Drawn again only when its own row, place, selection or focus changes. */
export const BodyRow = memo(Row) as typeof Row;

function Cell({ sticky, right, children }: { sticky: boolean; right: boolean; children: ReactNode }) {
  return (
    <div
      role="gridcell"
      className={cx(
        'data-cell flex min-w-0 items-center overflow-hidden px-3 text-sm',
        sticky && 'data-sticky z-1 font-medium',
        right && 'tnum justify-end',
      )}
    >
      {children}
    </div>
  );
}

function CardSkeleton() {
  return (
    <div className="flex h-full flex-col justify-center gap-2.5 px-4">
      <Skeleton className="h-3.5 w-40" />
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-28" />
    </div>
  );
}

const textWidths = ['w-36', 'w-24', 'w-32', 'w-28'];
function CellSkeleton({ shape = 'text', index }: { shape?: DataColumn<unknown>['skeleton']; index: number }) {
  if (shape === 'number') return <Skeleton className="h-3 w-12" />;
  if (shape === 'badge') return <Skeleton className="h-4 w-16" />;
  if (shape === 'spark') return <Skeleton className="h-3 w-18" />;
  return <Skeleton className={cx('h-3 max-w-full', textWidths[index % textWidths.length])} />;
}
