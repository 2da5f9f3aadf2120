import type { LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Band } from '#core/health/scorecard.ts';
import { formatDate } from '#web/lib/format.ts';
import type { StatusTone } from '../badge.tsx';
import type { ChartColors } from './colors.ts';
import { niceCeiling, spread } from './spread.ts';

export type ChartOption = ComposeOption<
  LineSeriesOption | ScatterSeriesOption | GridComponentOption | TooltipComponentOption | AriaComponentOption
>;

const besideWidth = 64;
const font = "'Inter Variable', system-ui, sans-serif";
const topmost = 60;
const labelGap = 14;
const gridTop = 12;
const gridBottom = 24;

function frame(colors: ChartColors, right: number): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: font, fontSize: 11, color: colors.muted },
    grid: { left: 48, right, top: gridTop, bottom: gridBottom },
  };
}

function tooltip(colors: ChartColors): TooltipComponentOption {
  return {
    backgroundColor: colors.raised,
    borderColor: colors.line,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: colors.text, fontSize: 12, fontFamily: font },
    extraCssText: `border-radius:6px;box-shadow:var(--float);z-index:${topmost}`,
    confine: true,
  };
}

const axisLabel = (colors: ChartColors) => ({ color: colors.faint, fontSize: 11 });

const dayLabels = 6;

/** Days on the x axis; labels only as many as fit, counted back from the last day, which is what one looks at first. */
function dayAxis(colors: ChartColors, days: readonly string[]) {
  return {
    type: 'category' as const,
    data: [...days],
    boundaryGap: false,
    axisLine: { lineStyle: { color: colors.line } },
    axisTick: { show: false },
    axisLabel: {
      ...axisLabel(colors),
      hideOverlap: true,
      showMaxLabel: true,
      interval: (index: number) => (days.length - 1 - index) % Math.max(1, Math.ceil(days.length / dayLabels)) === 0,
      formatter: (day: string) => formatDate(day).replace(/,? \d{4}$/, ''),
    },
  };
}

export interface DaySeries {
  name: string;
  /** one for each day; null is a gap */
  values: readonly (number | null)[];
  tone?: StatusTone;
}

export interface DaysChart {
  days: readonly string[];
  series: readonly DaySeries[];
  format: (value: number) => string;
}

/** Areas on top of each other, each named at its right end: parts of a whole over time. `height` is that of the chart in px. */
export function stackedOption(colors: ChartColors, { days, series, format }: DaysChart, height: number): ChartOption {
  const totals = days.map((_, day) => series.reduce((sum, one) => sum + (one.values[day] ?? 0), 0));
  const max = niceCeiling(Math.max(...totals, 0));
  const places = endLabels(series, max, height - gridTop - gridBottom);
  return {
    ...frame(colors, 96),
    tooltip: { ...tooltip(colors), trigger: 'axis', formatter: dayTooltip(format) },
    xAxis: dayAxis(colors, days),
    yAxis: {
      type: 'value',
      min: 0,
      max,
      interval: max / 2,
      splitLine: { lineStyle: { color: colors.line } },
      axisLabel: { ...axisLabel(colors), formatter: format },
    },
    series: series.map(({ name, values, tone }, index) => {
      const color = tone ? colors.tone[tone] : colors.series[index % colors.series.length]!;
      return {
        id: name,
        name,
        type: 'line',
        stack: 'all',
        data: [...values],
        showSymbol: false,
        lineStyle: { width: 1, color: colors.surface },
        itemStyle: { color },
        areaStyle: { color, opacity: 0.85 },
        endLabel: {
          show: true,
          formatter: '{a}',
          color: colors.muted,
          fontSize: 11,
          distance: 8,
          offset: [0, places[index]!],
        },
        emphasis: { disabled: true },
      };
    }),
  };
}

/** How far each name is moved down from the top edge of its area to the area's middle, without touching another name. */
function endLabels(series: readonly DaySeries[], max: number, plotHeight: number): number[] {
  let below = 0;
  const tops: number[] = [];
  const middles: number[] = [];
  for (const { values } of series) {
    const value = values.at(-1) ?? 0;
    tops.push(plotHeight * (1 - (below + value) / max));
    middles.push(plotHeight * (1 - (below + value / 2) / max));
    below += value;
  }
  const placed = spread(middles, labelGap, 0, plotHeight);
  return placed.map((at, index) => at - tops[index]!);
}

/** Lines over days, with the bands of a scorecard behind when they are given. Missing days are gaps. */
export function lineOption(
  colors: ChartColors,
  { days, series, format, bands, range }: DaysChart & { bands?: readonly Band[]; range?: [number, number] },
): ChartOption {
  const named = series.length > 1;
  return {
    ...frame(colors, named ? 96 : 24),
    tooltip: { ...tooltip(colors), trigger: 'axis', formatter: dayTooltip(format) },
    xAxis: dayAxis(colors, days),
    yAxis: {
      type: 'value',
      ...(range && { min: range[0], max: range[1], interval: (range[1] - range[0]) / 5 }),
      scale: !range,
      splitLine: { show: !bands, lineStyle: { color: colors.line } },
      axisLabel: { ...axisLabel(colors), formatter: format },
      splitNumber: 3,
    },
    series: series.map(({ name, values, tone }, index) => ({
      id: name,
      name,
      type: 'line',
      data: [...values],
      showSymbol: values.length < 2 || isSparse(values),
      symbolSize: 4,
      connectNulls: false,
      lineStyle: { width: 2 },
      itemStyle: {
        color: tone ? colors.tone[tone] : index === 0 && !named ? colors.accent : colors.series[index % 5]!,
      },
      endLabel: { show: named, formatter: '{a}', color: colors.muted, fontSize: 11, distance: 8 },
      emphasis: { disabled: true },
      ...(index === 0 && bands && { markArea: bandAreas(colors, bands) }),
    })),
  };
}

/** Days with values on both sides missing would be invisible as a line. */
function isSparse(values: readonly (number | null)[]): boolean {
  return values.some(
    (value, index) => value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null,
  );
}

/** Bands as the ground of a chart, named inside it, or beside it where marks would cover the names. */
function bandAreas(
  colors: ChartColors,
  bands: readonly Band[],
  names: 'inside' | 'beside' = 'inside',
): LineSeriesOption['markArea'] {
  const place =
    names === 'inside'
      ? { position: 'insideTopRight' as const, distance: 4 }
      : { position: 'right' as const, distance: 6, width: besideWidth - 10, overflow: 'truncate' as const };
  return {
    silent: true,
    data: bands.map((band) => [
      {
        yAxis: band.lower,
        name: band.name,
        itemStyle: { color: colors.tone[band.tone], opacity: 0.12 },
        label: { ...place, color: colors.muted, fontSize: 10 },
      },
      { yAxis: band.upper },
    ]),
  };
}

type AxisItem = { seriesName?: string; marker?: string; value?: unknown; axisValue?: unknown };

function dayTooltip(format: (value: number) => string) {
  return (items: unknown) => {
    const list = (Array.isArray(items) ? items : [items]) as AxisItem[];
    const day = String(list[0]?.axisValue ?? '');
    const lines = list.map(({ seriesName, marker, value }) => {
      const shown = typeof value === 'number' ? format(value) : 'no data';
      return `<div style="display:flex;gap:16px;justify-content:space-between"><span>${marker ?? ''}${escapeHtml(seriesName ?? '')}</span><b>${escapeHtml(shown)}</b></div>`;
    });
    return `<div style="margin-bottom:4px">${escapeHtml(formatDate(day))}</div>${lines.reverse().join('')}`;
  };
}

export interface ScatterPoint {
  name: string;
  x: number;
  y: number;
  /** area of the dot, 0–1 */
  size: number;
  tone: StatusTone;
  /** further lines of the card on hover */
  lines: readonly string[];
}

const shapes: Record<StatusTone, string> = {
  good: 'circle',
  fair: 'rect',
  warning: 'triangle',
  critical: 'diamond',
  none: 'emptyCircle',
};

/** Dots whose shape and colour say the band and whose area says how much money. */
export function scatterOption(
  colors: ChartColors,
  data: { points: readonly ScatterPoint[]; xName: string; yName: string; bands: readonly Band[]; xMax: number },
): ChartOption {
  return {
    ...frame(colors, 16),
    grid: { left: 40, right: besideWidth, top: 28, bottom: 40 },
    tooltip: {
      ...tooltip(colors),
      formatter: (item: unknown) => {
        const point = data.points[(item as { dataIndex: number }).dataIndex];
        return point ? `<b>${escapeHtml(point.name)}</b><br>${point.lines.map(escapeHtml).join('<br>')}` : '';
      },
    },
    xAxis: {
      type: 'value',
      name: data.xName,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { color: colors.faint, fontSize: 11 },
      min: 0,
      max: data.xMax,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: colors.line } },
      axisLabel: axisLabel(colors),
    },
    yAxis: {
      type: 'value',
      name: data.yName,
      nameGap: 10,
      min: 0,
      max: 100,
      interval: 20,
      splitLine: { show: false },
      axisLabel: axisLabel(colors),
      nameTextStyle: { color: colors.faint, fontSize: 11 },
    },
    series: [
      {
        id: 'points',
        type: 'scatter',
        cursor: 'pointer',
        // A large dot at an edge is drawn whole.
        clip: false,
        data: data.points.map((point) => ({
          value: [point.x, point.y],
          symbol: shapes[point.tone],
          symbolSize: 6 + Math.sqrt(point.size) * 22,
          itemStyle: { color: colors.tone[point.tone], opacity: 0.72, borderColor: colors.surface, borderWidth: 1 },
        })),
        markArea: bandAreas(colors, data.bands, 'beside') as ScatterSeriesOption['markArea'],
      },
    ],
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
