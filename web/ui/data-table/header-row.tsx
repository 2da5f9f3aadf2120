// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed freely, which table elements do not allow; the roles say the same
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
import { type KeyboardEvent, useRef, useState } from 'react';
import { cx } from '../cx.ts';
import { Checkbox } from '../toggles.tsx';
import { HeadLabel } from './head-label.tsx';
import { moveColumn } from './layout.ts';
import type { DataColumn, Sort, TableLayout } from './types.ts';
import type { ColumnModel } from './use-columns.ts';

export interface HeaderRowProps<Row> {
  model: ColumnModel<Row>;
  allColumns: readonly DataColumn<Row>[];
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
  selectable: boolean;
  allSelected: boolean;
  someSelected: boolean;
  onSelectAll: () => void;
}

const resizeStep = 16;
const leastWidth = 56;
const selectStop = '';

/** The heads of the columns: one Tab stop for all of them, ← → between them, Shift with ← → changes a width. */
export function HeaderRow<Row>(props: HeaderRowProps<Row>) {
  const { model, allColumns, layout, onLayout, selectable, sort, onSort } = props;
  const [over, setOver] = useState<string | null>(null);
  const row = useRef<HTMLDivElement>(null);
  const pressable = model.shown.filter(({ column }) => column.sortable && onSort).map(({ column }) => column.id);
  const stops = [...(selectable ? [selectStop] : []), ...pressable];
  const [chosen, setChosen] = useState<string>(selectStop);
  const stop = stops.includes(chosen) ? chosen : stops[0];
  const ids = allColumns.map((column) => column.id);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || stop === undefined) return;
    event.preventDefault();
    if (event.shiftKey) {
      const shown = model.shown.find(({ column }) => column.id === stop);
      if (!shown) return;
      const width = Math.max(leastWidth, shown.width + step * resizeStep);
      onLayout({ ...layout, widths: { ...layout.widths, [stop]: width } });
      return;
    }
    const next = stops[stops.indexOf(stop) + step];
    if (next === undefined) return;
    row.current?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(next)}"]`)?.focus();
  };

  return (
    <div
      ref={row}
      role="row"
      aria-rowindex={1}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const { stop: focused } = (event.target as HTMLElement).dataset;
        if (focused !== undefined) setChosen(focused);
      }}
      className="data-row-grid h-8 border-b border-line bg-sunken text-xs text-muted"
    >
      {selectable && (
        <div role="columnheader" className="sticky left-0 z-10 flex items-center justify-center bg-sunken">
          <Checkbox
            aria-label="Select all loaded rows"
            data-stop={selectStop}
            tabIndex={stop === selectStop ? 0 : -1}
            checked={props.allSelected}
            indeterminate={props.someSelected && !props.allSelected}
            onChange={props.onSelectAll}
          />
        </div>
      )}
      {model.shown.map(({ column, head, width }, index) => (
        <div
          key={column.id}
          role="columnheader"
          aria-sort={sortOf(sort, column.id)}
          aria-description={column.help}
          draggable={index > 0}
          onDragStart={(event) => event.dataTransfer.setData('text/column', column.id)}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(column.id);
          }}
          onDragLeave={() => setOver(null)}
          onDrop={(event) => {
            setOver(null);
            onLayout(moveColumn(layout, ids, event.dataTransfer.getData('text/column'), column.id));
          }}
          className={cx(
            'group flex items-center bg-sunken',
            // Sticky is also what the handle of the width is placed by.
            index === 0 ? 'data-sticky z-10' : 'relative',
            over === column.id && 'shadow-[inset_2px_0_0_var(--accent)]',
          )}
        >
          <HeadLabel column={column} sort={sort} onSort={onSort} tabbable={column.id === stop} />
          <span
            role="separator"
            aria-orientation="vertical"
            aria-label={`Width of ${column.header}`}
            aria-valuenow={width}
            draggable
            onDragStart={(event) => {
              event.preventDefault();
              event.stopPropagation();
            }}
            onMouseDown={head.getResizeHandler()}
            onTouchStart={head.getResizeHandler()}
            className="absolute inset-y-1.5 -right-px z-10 w-1.5 cursor-col-resize rounded-full border-r border-line-strong opacity-0 group-hover:opacity-100 hover:border-accent"
          />
        </div>
      ))}
    </div>
  );
}

function sortOf(sort: Sort | null, id: string): 'ascending' | 'descending' | undefined {
  if (sort?.column !== id) return undefined;
  return sort.direction === 'asc' ? 'ascending' : 'descending';
}
