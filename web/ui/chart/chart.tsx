import { Download, ImageDown, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTheme } from '#web/lib/theme.ts';
import { IconButton } from '../button.tsx';
import { Skeleton } from '../skeleton.tsx';
import { type ChartColors, readColors } from './colors.ts';
import { type Cell, download, downloadPng, toCsv } from './download.ts';
import type { ChartOption } from './options.ts';

export interface ChartProps {
  /** what it shows, also the file name */
  title: string;
  /** one line: unit, period, as of when */
  note?: ReactNode;
  /** read aloud in place of the picture: what it says */
  summary: string;
  option: (colors: ChartColors, height: number) => ChartOption;
  /** the same figures as a table: for reading, for CSV */
  table: { head: readonly string[]; rows: readonly (readonly Cell[])[] };
  height?: number;
  onPress?: (dataIndex: number, seriesId: string) => void;
}

/** A chart with its title, a table of the same figures, and both as files. */
export function Chart({ title, note, summary, option, table, height = 240, onPress }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const savePng = () => {
    const svg = holder.current?.querySelector('svg');
    if (svg) void downloadPng(`${title}.png`, svg, readColors(svg).surface);
  };
  const saveCsv = () => download(`${title}.csv`, new Blob([toCsv(table.head, table.rows)], { type: 'text/csv' }));
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex items-start gap-2">
        <span className="min-w-0 flex-1">
          <span className="block text-sm font-semibold text-text">{title}</span>
          {note && <span className="block text-xs text-faint">{note}</span>}
        </span>
        <span className="flex">
          <IconButton
            size="sm"
            label={asTable ? 'Show the chart' : 'Show as a table'}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            <Table2 className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton size="sm" label="Download as PNG" disabled={asTable} onClick={savePng}>
            <ImageDown className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton size="sm" label="Download as CSV" onClick={saveCsv}>
            <Download className="size-4" aria-hidden="true" />
          </IconButton>
        </span>
      </figcaption>
      {asTable ? (
        <FigureTable table={table} height={height} title={title} />
      ) : (
        <div ref={holder}>
          <Drawing option={option} summary={summary} height={height} onPress={onPress} />
        </div>
      )}
    </figure>
  );
}

type DrawingProps = Pick<ChartProps, 'option' | 'summary' | 'onPress'> & { height: number };

function Drawing({ option, summary, height, onPress }: DrawingProps) {
  const ref = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof import('./load.ts').init> | null>(null);
  const [ready, setReady] = useState(false);
  const { dark } = useTheme();
  const press = useRef(onPress);
  press.current = onPress;

  useEffect(() => {
    let gone = false;
    const element = ref.current!;
    const watcher = new ResizeObserver(() => chart.current?.resize());
    void import('./load.ts').then(({ init }) => {
      if (gone) return;
      chart.current = init(element, undefined, { renderer: 'svg' });
      chart.current.on('click', (event) => press.current?.(event.dataIndex, String(event.seriesId ?? '')));
      watcher.observe(element);
      setReady(true);
    });
    return () => {
      gone = true;
      watcher.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `dark` stands for the colours, which are read from the page
  useEffect(() => {
    if (ready && ref.current) chart.current?.setOption(option(readColors(ref.current), height), { notMerge: true });
  }, [ready, option, dark, height]);

  return (
    <div className="relative" style={{ height }}>
      {!ready && <Skeleton className="absolute inset-0" />}
      <div ref={ref} role="img" aria-label={summary} className="size-full" />
    </div>
  );
}

function FigureTable({ table, height, title }: { table: ChartProps['table']; height: number; title: string }) {
  return (
    <section
      aria-label={`${title}, as a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-auto rounded-md border border-line"
      style={{ height }}
    >
      <table className="w-full text-xs">
        <thead className="sticky top-0 bg-sunken text-left text-muted">
          <tr>
            {table.head.map((name, index) => (
              <th key={name} className={`px-3 py-1.5 font-medium ${index > 0 ? 'text-right' : ''}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={String(row[0])} className="border-t border-line">
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity than their column
                <td key={index} className={`tnum px-3 py-1 ${index > 0 ? 'text-right' : ''}`}>
                  {cell ?? '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
