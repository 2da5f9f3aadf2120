import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';

export interface PlainColumn<Row> {
  id: string;
  /** empty for a column of controls */
  header: string;
  cell: (row: Row) => ReactNode;
  align?: 'left' | 'right';
  /** left out below 640 px */
  wideOnly?: boolean;
  className?: string;
}

export interface PlainTableProps<Row> {
  /** read aloud: what the rows are */
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string | number;
  /** in place of rows */
  empty?: ReactNode;
}

/** A short list as a real table. For long lists take `data-table`. */
export function PlainTable<Row>({ label, columns, rows, rowId, empty }: PlainTableProps<Row>) {
  if (rows.length === 0 && empty) return <div className="rounded-lg border border-line bg-surface">{empty}</div>;
  return (
    <TableFrame label={label} columns={columns}>
      {rows.map((row) => (
        <tr key={rowId(row)} className="border-t border-line hover:bg-hover">
          {columns.map((column) => (
            <td key={column.id} className={cellClass(column)}>
              {column.cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </TableFrame>
  );
}

/** A table whose rows are on their way. */
export function PlainTableSkeleton<Row>({
  columns,
  rows = 6,
}: {
  columns: readonly PlainColumn<Row>[];
  rows?: number;
}) {
  return (
    <TableFrame label="Loading" columns={columns}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never reorder
        <tr key={row} className="border-t border-line">
          {columns.map((column, index) => (
            <td key={column.id} className={cellClass(column)}>
              <Skeleton
                className={cx('my-1 h-3.5', index === 0 ? 'w-40' : 'w-16', column.align === 'right' && 'ml-auto')}
              />
            </td>
          ))}
        </tr>
      ))}
    </TableFrame>
  );
}

function TableFrame<Row>(props: { label: string; columns: readonly PlainColumn<Row>[]; children: ReactNode }) {
  return (
    <section
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      // Positioned, or what is only read aloud in a cut-off column would widen the page.
      className="relative overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full text-sm">
        <thead className="bg-sunken text-xs text-muted">
          <tr>
            {props.columns.map((column) => (
              <th key={column.id} scope="col" className={cx(cellClass(column), '!py-1.5 font-medium')}>
                {column.header || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </section>
  );
}

function cellClass<Row>(column: PlainColumn<Row>): string {
  return cx(
    'px-3 py-2',
    column.align === 'right' ? 'tnum text-right' : 'text-left',
    column.wideOnly && 'hidden sm:table-cell',
    column.className,
  );
}
