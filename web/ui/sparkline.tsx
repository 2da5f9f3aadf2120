import { type StatusTone, textClass } from './badge.tsx';
import { cx } from './cx.ts';
import { sparklinePath } from './sparkline-path.ts';

export interface SparklineProps {
  /** oldest first; null is a gap */
  values: readonly (number | null)[];
  /** read aloud, for example "Health over 90 days" */
  label: string;
  /** the least that the height stands for, so that noise does not look like a move */
  leastSpan?: number;
  width?: number;
  height?: number;
  tone?: StatusTone;
}

/** A line without axes for one row. Missing days are gaps, never zeros; the end is a dot. */
export function Sparkline({ values, label, leastSpan = 0, width = 72, height = 20, tone }: SparklineProps) {
  const { path, end } = sparklinePath(values, { width, height, leastSpan });
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return <span className="text-xs text-faint">no history</span>;
  const said = `${label}: from ${Math.round(known[0]!)} to ${Math.round(known.at(-1)!)}`;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={said}
      className={cx('block overflow-visible', tone ? textClass[tone] : 'text-muted')}
    >
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round" />
      {end && <circle cx={end.x} cy={end.y} r="1.9" fill="currentColor" />}
    </svg>
  );
}
