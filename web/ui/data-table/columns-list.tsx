import { ArrowDown, ArrowUp } from 'lucide-react';
import { Button, IconButton } from '../button.tsx';
import { Checkbox } from '../toggles.tsx';
import type { ColumnsButtonProps } from './columns-button.tsx';
import { moveColumn, toggleColumn } from './layout.ts';
import { type Density, rowHeights, type TableLayout } from './types.ts';
import { firstLayout } from './use-columns.ts';

/** Every column with its place, and the height of the rows. */
export default function ColumnsList<Row>({ columns, layout, onLayout, density, onDensity }: ColumnsButtonProps<Row>) {
  const ids = columns.map((column) => column.id);
  const [first, ...rest] = [...columns].sort((a, b) => place(layout, ids, a.id) - place(layout, ids, b.id));
  return (
    <>
      <div className="flex items-center justify-between px-1.5 pb-2">
        <span className="text-xs text-faint">Row height</span>
        <span className="flex gap-1">
          {(Object.keys(rowHeights) as Density[]).map((each) => (
            <Button
              key={each}
              size="sm"
              tone={each === density ? 'secondary' : 'quiet'}
              aria-pressed={each === density}
              onClick={() => onDensity(each)}
            >
              {each === 'dense' ? 'Dense' : 'Roomy'}
            </Button>
          ))}
        </span>
      </div>
      <ul className="max-h-80 overflow-y-auto border-t border-line pt-1">
        {rest.map((column, index) => (
          <li key={column.id} className="group flex items-center rounded-sm px-1.5 hover:bg-hover">
            <Checkbox
              className="h-8 min-w-0 flex-1"
              label={<span className="truncate">{column.header}</span>}
              checked={!layout.hidden.includes(column.id)}
              onChange={() => onLayout(toggleColumn(layout, column.id))}
            />
            <IconButton
              size="sm"
              label={`Move ${column.header} forward`}
              disabled={index === 0}
              onClick={() => onLayout(moveColumn(layout, ids, column.id, rest[index - 1]!.id))}
            >
              <ArrowUp className="size-3.5" aria-hidden="true" />
            </IconButton>
            <IconButton
              size="sm"
              label={`Move ${column.header} back`}
              disabled={index === rest.length - 1}
              onClick={() => onLayout(moveColumn(layout, ids, column.id, rest[index + 2]?.id ?? null))}
            >
              <ArrowDown className="size-3.5" aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="mt-1 flex items-center justify-between border-t border-line px-1.5 pt-2">
        <span className="text-xs text-faint">{first?.header} always stays first</span>
        <Button size="sm" tone="quiet" onClick={() => onLayout(firstLayout(columns))}>
          Reset
        </Button>
      </div>
    </>
  );
}

function place(layout: TableLayout, ids: readonly string[], id: string): number {
  const at = layout.order.indexOf(id);
  return at >= 0 ? at : layout.order.length + ids.indexOf(id);
}
