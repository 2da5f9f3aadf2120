import { Columns3 } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { Button } from '../button.tsx';
import { Popover } from '../popover.tsx';
import { SkeletonLines } from '../skeleton.tsx';
import type { DataColumn, Density, TableLayout } from './types.ts';

export interface ColumnsButtonProps<Row> {
  columns: readonly DataColumn<Row>[];
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  density: Density;
  onDensity: (density: Density) => void;
}

// Types cannot say that what is fetched keeps its parameter.
const ColumnsList = lazy(() => import('./columns-list.tsx')) as unknown as <Row>(
  props: ColumnsButtonProps<Row>,
) => ReactNode;

/** Which columns, in which order, how tall the rows are. */
export function ColumnsButton<Row>(props: ColumnsButtonProps<Row>) {
  return (
    <Popover
      label="Columns"
      align="end"
      className="w-72 p-2"
      trigger={
        <Button tone="quiet" size="sm">
          <Columns3 className="size-3.5" aria-hidden="true" />
          Columns
        </Button>
      }
    >
      <Suspense fallback={<SkeletonLines lines={8} />}>
        <ColumnsList {...props} />
      </Suspense>
    </Popover>
  );
}
