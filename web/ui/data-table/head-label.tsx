import { ArrowDown, ArrowUp } from 'lucide-react';
import { cx } from '../cx.ts';
import { Tooltip } from '../tooltip.tsx';
import type { DataColumn, Sort } from './types.ts';

export interface HeadLabelProps<Row> {
  column: DataColumn<Row>;
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
  /** whether Tab stops here */
  tabbable: boolean;
}

/** The name of a column: sorts when it can, and explains itself on hover and focus. Dots below a name say that it does. */
export function HeadLabel<Row>({ column, sort, onSort, tabbable }: HeadLabelProps<Row>) {
  const active = sort?.column === column.id;
  const right = column.align === 'right';
  const className = cx('flex min-w-0 flex-1 items-center gap-1 px-3 font-medium', right && 'flex-row-reverse');
  const name = <span className={cx('truncate', column.help && 'help-dots')}>{column.header}</span>;
  const label =
    column.sortable && onSort ? (
      <button
        type="button"
        data-stop={column.id}
        tabIndex={tabbable ? 0 : -1}
        onClick={() => onSort({ column: column.id, direction: nextDirection(column, sort) })}
        className={cx(className, 'h-full focus-visible:outline-offset-[-2px] hover:text-text', active && 'text-text')}
      >
        {name}
        <SortArrow active={active} direction={sort?.direction} />
      </button>
    ) : (
      <span className={className}>{name}</span>
    );
  return column.help ? <Tooltip text={column.help}>{label}</Tooltip> : label;
}

function SortArrow({ active, direction }: { active: boolean; direction: Sort['direction'] | undefined }) {
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  return <Arrow aria-hidden="true" className={cx('size-3 shrink-0', !active && 'opacity-0')} />;
}

function nextDirection<Row>(column: DataColumn<Row>, sort: Sort | null): Sort['direction'] {
  if (sort?.column !== column.id) return column.firstSort ?? 'asc';
  return sort.direction === 'asc' ? 'desc' : 'asc';
}
