import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  functionalUpdate,
  type Header,
  tableFeatures,
  type Updater,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { type DataColumn, defaultWidth, type TableLayout } from './types.ts';

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});
const noRows: never[] = [];
const minWidth = 56;

// The table library keeps the columns; the rows are drawn by the virtual list straight from the pages.
export type ColumnHead = Header<typeof features, never, unknown>;

export interface ColumnModel<Row> {
  /** visible, in order, the sticky one first */
  shown: { column: DataColumn<Row>; width: number; head: ColumnHead }[];
}

/** Order, visibility and widths of columns, with the layout owned by the caller. The first column is sticky and cannot be hidden. */
export function useColumns<Row>(
  columns: readonly DataColumn<Row>[],
  layout: TableLayout,
  onLayout: (layout: TableLayout) => void,
): ColumnModel<Row> {
  const definitions = useMemo(
    () =>
      columns.map((column, index) => ({
        id: column.id,
        header: column.header,
        size: column.width ?? defaultWidth,
        minSize: minWidth,
        enableHiding: index > 0,
      })),
    [columns],
  );
  const first = columns[0]?.id ?? '';
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: {
      columnOrder: [...layout.order],
      columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
      columnSizing: { ...layout.widths },
      columnPinning: { start: [first], end: [] },
    },
    onColumnSizingChange: (updater: Updater<Record<string, number>>) =>
      onLayout({ ...layout, widths: functionalUpdate(updater, { ...layout.widths }) }),
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const heads = [...table.getStartFlatHeaders(), ...table.getCenterFlatHeaders()];
  return {
    shown: heads.map((head) => ({
      column: byId.get(head.column.id)!,
      width: head.getSize(),
      head: head as unknown as ColumnHead,
    })),
  };
}

/** The layout with the columns that start hidden put away. */
export function firstLayout<Row>(columns: readonly DataColumn<Row>[]): TableLayout {
  return {
    order: columns.map((column) => column.id),
    hidden: columns.filter((column) => column.hiddenAtFirst).map((column) => column.id),
    widths: {},
  };
}
