// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed freely, which table elements do not allow; the roles say the same
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useNarrow } from '#web/lib/narrow.ts';
import { BodyRow } from './body-row.tsx';
import { HeaderRow } from './header-row.tsx';
import { pressKey, selectionAfter, type TableEffect, type TablePlace } from './keyboard.ts';
import {
  type DataColumn,
  type Density,
  rowHeights,
  type Sort,
  selectWidth,
  type TableCard,
  type TableHandle,
  type TableLayout,
} from './types.ts';
import { useColumns } from './use-columns.ts';
import { useIdleArrow } from './use-idle-arrow.ts';

export interface DataTableProps<Row> {
  /** read aloud: what the rows are */
  label: string;
  columns: readonly DataColumn<Row>[];
  /** what is loaded so far, in the order of the server; undefined before the first page */
  rows: readonly Row[] | undefined;
  rowId: (row: Row) => string;
  /** how many there are in all */
  total?: number | undefined;
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  /** without it rows cannot be selected */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  onOpen?: (row: Row) => void;
  density?: Density;
  /** what a row is on a phone; without it the columns scroll sideways there too */
  card?: TableCard<Row> | undefined;
  ref?: Ref<TableHandle>;
  /** shown in place of rows: an EmptyState or an ErrorState */
  placeholder?: ReactNode;
  /** at the foot beside the count, for example the sum of ARR */
  foot?: ReactNode;
  className?: string;
}

const loadAhead = 40;
const skeletonRows = 24;
const noSelection: ReadonlySet<string> = new Set();

/** A virtual table over cursor pages. Filtering and sorting are the server's; what is in sight is all that is drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, onSelect, onOpen, hasMore = false, loadingMore = false, onLoadMore } = props;
  const selected = props.selected ?? noSelection;
  const narrow = useNarrow();
  const card = narrow ? props.card : undefined;
  const selectable = onSelect !== undefined && !card;
  const height = card?.height ?? rowHeights[props.density ?? 'roomy'];
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<TablePlace>({ cursor: -1, anchor: -1 });
  const model = useColumns(columns, props.layout, props.onLayout);
  const gridId = useId();
  const shownKey = model.shown.map(({ column }) => column.id).join(' ');
  // The same list while the same columns are shown, so that resizing does not draw the rows again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: shownKey stands for model.shown, which is new on each draw
  const shownColumns = useMemo(() => model.shown.map(({ column }) => column), [shownKey, columns]);
  const loaded = rows?.length ?? 0;
  const count = rows === undefined ? skeletonRows : loaded + (hasMore ? skeletonRows : 0);

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollPaddingStart: card ? 0 : 32,
  });
  const items = virtual.getVirtualItems();
  const lastInSight = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [virtual, height]);
  useEffect(() => {
    if (hasMore && !loadingMore && lastInSight >= loaded - loadAhead) onLoadMore?.();
  }, [hasMore, loadingMore, lastInSight, loaded, onLoadMore]);

  const apply = (next: TablePlace, effect: TableEffect) => {
    setPlace(next);
    if (effect.kind === 'open') onOpen?.(rows![effect.index]!);
    else if (effect.kind !== 'none') onSelect?.(selectionAfter(selected, effect, (rows ?? []).map(rowId)));
  };
  const latest = useRef({ apply, place });
  latest.current = { apply, place };
  const enter = useCallback(() => {
    scroller.current?.focus({ preventScroll: true });
    setPlace((old) => (old.cursor >= 0 ? old : { cursor: 0, anchor: 0 }));
  }, []);
  useImperativeHandle(props.ref, () => ({ focus: enter }), [enter]);
  useIdleArrow(enter);
  const press = useCallback((index: number, { shift, open }: { shift: boolean; open: boolean }) => {
    // From the checkbox back to the rows, so that the keys go on from here.
    scroller.current?.focus({ preventScroll: true });
    const { anchor } = latest.current.place;
    if (open) return latest.current.apply({ cursor: index, anchor: index }, { kind: 'open', index });
    const range = shift && anchor >= 0;
    latest.current.apply(
      { cursor: index, anchor: range ? anchor : index },
      range ? { kind: 'range', from: Math.min(anchor, index), to: Math.max(anchor, index) } : { kind: 'toggle', index },
    );
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const page = Math.floor((scroller.current?.clientHeight ?? height) / height) - 1;
    const pressed = { key: event.key, shift: event.shiftKey, mod: event.ctrlKey || event.metaKey };
    const move = pressKey(place, pressed, loaded, page);
    if (!move) return;
    event.preventDefault();
    apply(move.place, move.effect);
    if (move.place.cursor >= 0) virtual.scrollToIndex(move.place.cursor);
  };

  const shownIds = rows?.map(rowId) ?? [];
  const widths = model.shown.map(({ width }, index) => (index === 0 ? `min(${width}px, 46vw)` : `${width}px`));
  const style = {
    '--data-columns': card
      ? 'minmax(0, 1fr)'
      : `${selectable ? `${selectWidth}px ` : ''}${widths.join(' ')} minmax(0, 1fr)`,
    '--data-sticky-left': selectable ? `${selectWidth}px` : '0px',
  } as CSSProperties;
  const placeholder = props.placeholder && loaded === 0 && rows !== undefined;
  const total = model.shown.reduce((sum, { width }) => sum + width, selectable ? selectWidth : 0);

  return (
    <div className={`flex min-h-0 flex-col ${props.className ?? ''}`}>
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={(props.total ?? loaded) + 1}
        aria-multiselectable={selectable || undefined}
        aria-busy={rows === undefined || undefined}
        aria-activedescendant={place.cursor >= 0 && place.cursor < loaded ? `${gridId}-${place.cursor}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        style={style}
        onFocus={(event) => {
          if (event.target === event.currentTarget && event.target.matches(':focus-visible')) enter();
        }}
        className="data-grid relative min-h-0 flex-1 overflow-auto bg-surface focus-visible:outline-offset-[-2px]"
      >
        {!card && (
          <div role="rowgroup" className="sticky top-0 z-20 w-max min-w-full">
            <HeaderRow
              model={model}
              allColumns={columns}
              layout={props.layout}
              onLayout={props.onLayout}
              sort={props.sort ?? null}
              onSort={props.onSort}
              selectable={selectable}
              allSelected={loaded > 0 && shownIds.every((id) => selected.has(id))}
              someSelected={selected.size > 0}
              onSelectAll={() => {
                const all = shownIds.every((id) => selected.has(id));
                onSelect?.(selectionAfter(selected, { kind: all ? 'clear' : 'all' }, shownIds));
              }}
            />
          </div>
        )}
        {!placeholder && (
          <div
            role="rowgroup"
            className="relative"
            style={{ height: virtual.getTotalSize(), minWidth: card ? undefined : total }}
          >
            {items.map((item) => {
              const row = rows?.[item.index];
              return (
                <BodyRow
                  key={row ? rowId(row) : `loading-${item.index}`}
                  row={row}
                  id={`${gridId}-${item.index}`}
                  index={item.index}
                  top={item.start}
                  height={height}
                  columns={shownColumns}
                  selectable={selectable}
                  selected={row !== undefined && selected.has(rowId(row))}
                  focused={item.index === place.cursor}
                  openable={onOpen !== undefined}
                  card={card?.draw}
                  onPress={press}
                />
              );
            })}
          </div>
        )}
        {placeholder && (
          <div role="row" className="sticky left-0 w-full">
            <div role="gridcell">{props.placeholder}</div>
          </div>
        )}
      </div>
      {props.foot}
    </div>
  );
}
