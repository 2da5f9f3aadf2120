import type { CurvePoint } from '#core/health/scorecard.ts';

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  xMin: number;
  xMax: number;
}

/** A frame with room beyond the outer points, so that they can be dragged outward. */
export function frameOf(
  points: readonly CurvePoint[],
  value: number | null,
  size: { width: number; height: number },
): Frame {
  const xs = [...points.map((point) => point.x), ...(value === null ? [] : [value])];
  const low = Math.min(...xs);
  const high = Math.max(...xs);
  const margin = (high - low || 1) * 0.06;
  return { ...size, left: 30, right: 10, top: 8, bottom: 22, xMin: low - margin, xMax: high + margin };
}

export function toScreen(frame: Frame, point: CurvePoint): { x: number; y: number } {
  const { width, height, left, right, top, bottom, xMin, xMax } = frame;
  return {
    x: left + ((point.x - xMin) / (xMax - xMin)) * (width - left - right),
    y: top + (1 - point.y / 100) * (height - top - bottom),
  };
}

export function fromScreen(frame: Frame, at: { x: number; y: number }): CurvePoint {
  const { width, height, left, right, top, bottom, xMin, xMax } = frame;
  return {
    x: xMin + ((at.x - left) / (width - left - right)) * (xMax - xMin),
    y: 100 * (1 - (at.y - top) / (height - top - bottom)),
  };
}

/** A step of x that gives about a hundred steps over the curve: 0.01, 0.1, 1, … */
export function stepOf(points: readonly CurvePoint[]): number {
  const range = Math.abs((points.at(-1)?.x ?? 1) - (points[0]?.x ?? 0)) || 1;
  return 10 ** Math.floor(Math.log10(range / 50));
}

/** Moves one point; it cannot pass its neighbours, and points stay within 0–100. Values snap to the step. */
export function movePoint(points: readonly CurvePoint[], index: number, to: CurvePoint): CurvePoint[] {
  const step = stepOf(points);
  const low = points[index - 1] ? points[index - 1]!.x + step : Number.NEGATIVE_INFINITY;
  const high = points[index + 1] ? points[index + 1]!.x - step : Number.POSITIVE_INFINITY;
  const x = Math.min(high, Math.max(low, snap(to.x, step)));
  const y = Math.min(100, Math.max(0, Math.round(to.y)));
  return points.map((point, at) => (at === index ? { x: snap(x, step / 10), y } : point));
}

/** Adds a point where it falls in order; refused (unchanged) when one is there already. */
export function addPoint(points: readonly CurvePoint[], added: CurvePoint): CurvePoint[] {
  const step = stepOf(points);
  const x = snap(added.x, step);
  if (points.some((point) => Math.abs(point.x - x) < step / 2)) return [...points];
  const y = Math.min(100, Math.max(0, Math.round(added.y)));
  return [...points, { x, y }].sort((a, b) => a.x - b.x);
}

/** A curve keeps at least two points. */
export function removePoint(points: readonly CurvePoint[], index: number): CurvePoint[] {
  return points.length <= 2 ? [...points] : points.filter((_, at) => at !== index);
}

function snap(value: number, step: number): number {
  // Through a short decimal text: multiples of 0.01 would otherwise show as 0.30000000000000004.
  return Number((Math.round(value / step) * step).toPrecision(12));
}
