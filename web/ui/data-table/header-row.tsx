// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed freely, which table elements do not allow; the roles say the same
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { cx } from '../cx.ts';
import { Checkbox } from '../toggles.tsx';
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

export function HeaderRow<Row>(props: HeaderRowProps<Row>) {
  const { model, allColumns, layout, onLayout, selectable } = props;
  const [over, setOver] = useState<string | null>(null);
  const ids = allColumns.map((column) => column.id);
  return (
    <div role="row" aria-rowindex={1} className="data-row-grid h-8 border-b border-line bg-sunken text-xs text-muted">
      {selectable && (
        <div role="columnheader" className="sticky left-0 z-10 flex items-center justify-center bg-sunken">
          <Checkbox
            aria-label="Select all loaded rows"
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
          aria-sort={sortOf(props.sort, column.id)}
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
            'group relative flex items-center bg-sunken',
            index === 0 && 'table-sticky z-10',
            over === column.id && 'shadow-[inset_2px_0_0_var(--accent)]',
          )}
        >
          <HeadLabel column={column} sort={props.sort} onSort={props.onSort} />
          <span
            role="separator"
            aria-orientation="vertical"
            aria-label={`Width of ${column.header}`}
            aria-valuenow={width}
            tabIndex={0}
            draggable
            onDragStart={(event) => {
              event.preventDefault();
              event.stopPropagation();
            }}
            onMouseDown={head.getResizeHandler()}
            onTouchStart={head.getResizeHandler()}
            onKeyDown={(event: KeyboardEvent) => {
              const step = event.key === 'ArrowRight' ? resizeStep : event.key === 'ArrowLeft' ? -resizeStep : 0;
              if (step === 0) return;
              event.preventDefault();
              event.stopPropagation();
              onLayout({ ...layout, widths: { ...layout.widths, [column.id]: Math.max(56, width + step) } });
            }}
            className="absolute inset-y-1.5 -right-px z-10 w-1.5 cursor-col-resize rounded-full border-r border-line-strong opacity-0 group-hover:opacity-100 hover:border-accent focus-visible:opacity-100"
          />
        </div>
      ))}
    </div>
  );
}

function HeadLabel<Row>(props: {
  column: DataColumn<Row>;
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
}) {
  const { column, sort, onSort } = props;
  const right = column.align === 'right';
  const active = sort?.column === column.id;
  const Arrow = sort?.direction === 'asc' ? ArrowUp : ArrowDown;
  const className = cx('flex min-w-0 flex-1 items-center gap-1 px-3 font-medium', right && 'flex-row-reverse');
  if (!column.sortable || !onSort) {
    return (
      <span className={className} title={column.help}>
        <span className="truncate">{column.header}</span>
      </span>
    );
  }
  const first = column.firstSort ?? 'asc';
  const next = active ? (sort.direction === 'asc' ? 'desc' : 'asc') : first;
  return (
    <button
      type="button"
      title={column.help}
      onClick={() => onSort({ column: column.id, direction: next })}
      className={cx(className, 'h-full hover:text-text', active && 'text-text')}
    >
      <span className="truncate">{column.header}</span>
      <Arrow aria-hidden="true" className={cx('size-3 shrink-0', !active && 'opacity-0')} />
    </button>
  );
}

function sortOf(sort: Sort | null, id: string): 'ascending' | 'descending' | undefined {
  if (sort?.column !== id) return undefined;
  return sort.direction === 'asc' ? 'ascending' : 'descending';
}
