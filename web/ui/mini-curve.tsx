import { pointsOnCurve } from '#core/health/curve.ts';
import type { Band, CurvePoint } from '#core/health/scorecard.ts';
import { fillVariable } from './band-tones.ts';

export interface MiniCurveProps {
  /** read aloud, for example "Stickiness 12 % gives 31 of 100 points" */
  label: string;
  points: readonly CurvePoint[];
  bands: readonly Pick<Band, 'key' | 'tone' | 'lower' | 'upper'>[];
  /** null is missing */
  value: number | null;
}

const size = { width: 160, height: 30, inset: 3 };

/** A signal's curve in one row: the bands behind it, and where the account stands on it. */
export function MiniCurve({ label, points, bands, value }: MiniCurveProps) {
  const xs = [...points.map(({ x }) => x), ...(value === null ? [] : [value])];
  const low = Math.min(...xs);
  const span = Math.max(...xs) - low || 1;
  const left = (x: number) => size.inset + ((x - low) / span) * (size.width - 2 * size.inset);
  const top = (y: number) => size.inset + (1 - y / 100) * (size.height - 2 * size.inset);
  const first = points[0]!;
  const last = points.at(-1)!;
  const ends = [
    `0,${top(first.y)}`,
    ...points.map(({ x, y }) => `${left(x)},${top(y)}`),
    `${size.width},${top(last.y)}`,
  ];
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      className="block h-7.5 w-full max-w-40 overflow-visible"
      role="img"
      aria-label={label}
    >
      {bands.map(({ key, tone, lower, upper }) => (
        <rect
          key={key}
          x="0"
          y={top(upper)}
          width={size.width}
          height={top(lower) - top(upper)}
          fill={fillVariable(tone)}
          opacity="0.16"
        />
      ))}
      <polyline
        points={ends.join(' ')}
        fill="none"
        stroke="var(--muted)"
        strokeWidth="1.4"
        vectorEffect="non-scaling-stroke"
        strokeLinejoin="round"
      />
      {value !== null && (
        <circle cx={left(value)} cy={top(pointsOnCurve({ points }, value)!)} r="3" fill="var(--accent)" />
      )}
    </svg>
  );
}
