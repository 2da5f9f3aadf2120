export interface SparklineFrame {
  width: number;
  height: number;
  /** the least range of values that the height stands for */
  leastSpan?: number;
}

const inset = 2;

/** The svg path of a line with gaps where values are null, and where the last known point lies. A lone point becomes a dot. */
export function sparklinePath(values: readonly (number | null)[], frame: SparklineFrame) {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = Math.max(0, (frame.leastSpan ?? 0) - (high - low)) / 2;
  const min = low - margin;
  const max = high + margin;
  const step = values.length > 1 ? (frame.width - 2 * inset) / (values.length - 1) : 0;
  const place = (value: number) => {
    const share = max > min ? (value - min) / (max - min) : 0.5;
    return round(frame.height - inset - share * (frame.height - 2 * inset));
  };
  let path = '';
  let end: { x: number; y: number } | null = null;
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const point = { x: round(inset + index * step), y: place(value) };
    // A move followed by a line of no length draws a dot with round caps, so a lone known day stays visible.
    path += drawing ? `L${point.x} ${point.y}` : `M${point.x} ${point.y}h0`;
    drawing = true;
    end = point;
  });
  return { path, end: end as { x: number; y: number } | null };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
