// biome-ignore-all lint/a11y/useSemanticElements: svg has no fieldset
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: groups of an svg cannot be focused
import { Plus } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { pointsOnCurve } from '#core/health/curve.ts';
import type { Band, CurvePoint } from '#core/health/scorecard.ts';
import { fillVariable } from './band-tones.ts';
import { Button } from './button.tsx';
import {
  addPoint,
  type Frame,
  frameOf,
  fromScreen,
  movePoint,
  removePoint,
  stepOf,
  toScreen,
} from './curve-geometry.ts';
import { Input } from './input.tsx';

export interface CurveEditorProps {
  /** the name of the signal */
  label: string;
  points: readonly CurvePoint[];
  /** drawn behind the curve */
  bands: readonly Band[];
  /** without it the curve is only shown */
  onChange?: (points: CurvePoint[]) => void;
  /** the account's own value, marked on the curve; null is missing */
  value?: number | null;
  formatX?: (x: number) => string;
  /** how values are typed: x times the factor, with the unit beside it; as they are when left out */
  typed?: TypedUnit;
  height?: number;
}

export interface TypedUnit {
  factor: number;
  unit: string;
}

const asItIs: TypedUnit = { factor: 1, unit: '' };

const size = { width: 420, height: 190 };

/** A signal's curve to points. Points are dragged, moved with the arrow keys (shift for ten steps), or typed below. */
export function CurveEditor(props: CurveEditorProps) {
  const {
    label,
    points,
    bands,
    onChange,
    value = null,
    formatX = String,
    typed = asItIs,
    height = size.height,
  } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [dragging, setDragging] = useState<{ index: number; frame: Frame } | null>(null);
  // The frame is kept while dragging; otherwise the scale would run away under the pointer.
  const frame = dragging?.frame ?? frameOf(points, value, { ...size, height });
  const placed = points.map((point) => toScreen(frame, point));
  const at = (event: PointerEvent | React.MouseEvent) => {
    const box = svg.current!.getBoundingClientRect();
    const scale = frame.width / box.width;
    return fromScreen(frame, { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale });
  };
  const line = placed.map(({ x, y }) => `${x},${y}`).join(' ');
  const first = placed[0];
  const last = placed.at(-1);
  return (
    <div>
      <svg
        ref={svg}
        viewBox={`0 0 ${frame.width} ${frame.height}`}
        className="block w-full max-w-[32rem] touch-none select-none"
        role="group"
        aria-label={`Curve of ${label}`}
        onDoubleClick={(event) => onChange?.(addPoint(points, at(event)))}
        onPointerMove={(event) => dragging && onChange?.(movePoint(points, dragging.index, at(event)))}
        onPointerUp={() => setDragging(null)}
      >
        <BandsBehind bands={bands} frame={frame} />
        <XAxis frame={frame} points={points} formatX={formatX} />
        {first && last && (
          <polyline
            points={`${frame.left},${first.y} ${line} ${frame.width - frame.right},${last.y}`}
            fill="none"
            stroke="var(--text)"
            strokeWidth="1.75"
            strokeLinejoin="round"
          />
        )}
        {value !== null && <ValueMark frame={frame} points={points} value={value} formatX={formatX} />}
        {onChange &&
          points.map((point, index) => (
            <Handle
              // biome-ignore lint/suspicious/noArrayIndexKey: points keep their order while they move
              key={index}
              label={`Point ${index + 1} of ${label}`}
              point={point}
              at={placed[index]!}
              formatX={formatX}
              onGrab={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                setDragging({ index, frame });
              }}
              onKey={(event) => {
                const next = keyMove(points, index, event);
                if (!next) return;
                event.preventDefault();
                onChange(next);
              }}
            />
          ))}
      </svg>
      {onChange && <PointInputs points={points} onChange={onChange} label={label} typed={typed} />}
    </div>
  );
}

function keyMove(points: readonly CurvePoint[], index: number, event: KeyboardEvent): CurvePoint[] | null {
  const many = event.shiftKey ? 10 : 1;
  const step = stepOf(points) * many;
  const { x, y } = points[index]!;
  switch (event.key) {
    case 'ArrowUp':
      return movePoint(points, index, { x, y: y + many });
    case 'ArrowDown':
      return movePoint(points, index, { x, y: y - many });
    case 'ArrowLeft':
      return movePoint(points, index, { x: x - step, y });
    case 'ArrowRight':
      return movePoint(points, index, { x: x + step, y });
    case 'Delete':
    case 'Backspace':
      return removePoint(points, index);
    default:
      return null;
  }
}

interface HandleProps {
  label: string;
  point: CurvePoint;
  at: { x: number; y: number };
  formatX: (x: number) => string;
  onGrab: (event: PointerEvent<SVGCircleElement>) => void;
  onKey: (event: KeyboardEvent) => void;
}

function Handle({ label, point, at, formatX, onGrab, onKey }: HandleProps) {
  return (
    <circle
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuenow={point.y}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${formatX(point.x)} gives ${point.y} points`}
      cx={at.x}
      cy={at.y}
      r="6"
      fill="var(--surface)"
      stroke="var(--accent)"
      strokeWidth="2.5"
      className="cursor-grab"
      onPointerDown={onGrab}
      onKeyDown={onKey}
    >
      <title>{`${formatX(point.x)} → ${point.y}`}</title>
    </circle>
  );
}

function BandsBehind({ bands, frame }: { bands: readonly Band[]; frame: Frame }) {
  const inner = frame.width - frame.left - frame.right;
  return (
    <g aria-hidden="true">
      {bands.map((band) => {
        const top = toScreen(frame, { x: 0, y: band.upper }).y;
        const bottom = toScreen(frame, { x: 0, y: band.lower }).y;
        return (
          <g key={band.key}>
            <rect
              x={frame.left}
              y={top}
              width={inner}
              height={bottom - top}
              fill={fillVariable(band.tone)}
              opacity="0.16"
            />
            <text x={frame.left - 6} y={top + 4} textAnchor="end" fontSize="10" fill="var(--faint)">
              {band.upper}
            </text>
            <text x={frame.width - frame.right - 5} y={bottom - 5} textAnchor="end" fontSize="10" fill="var(--muted)">
              {band.name}
            </text>
          </g>
        );
      })}
      <text x={frame.left - 6} y={frame.height - frame.bottom + 3} textAnchor="end" fontSize="10" fill="var(--faint)">
        0
      </text>
    </g>
  );
}

function XAxis({
  frame,
  points,
  formatX,
}: {
  frame: Frame;
  points: readonly CurvePoint[];
  formatX: (x: number) => string;
}) {
  let rightEnd = Number.NEGATIVE_INFINITY;
  return (
    <g aria-hidden="true" fontSize="10" fill="var(--faint)">
      {points.map((point) => {
        const { x } = toScreen(frame, point);
        // Labels that would touch the one before are left out; the points below give every value.
        if (x - rightEnd < 26) return null;
        rightEnd = x;
        return (
          <text key={point.x} x={x} y={frame.height - 6} textAnchor="middle">
            {formatX(point.x)}
          </text>
        );
      })}
    </g>
  );
}

function ValueMark(props: {
  frame: Frame;
  points: readonly CurvePoint[];
  value: number;
  formatX: (x: number) => string;
}) {
  const { frame, points, value, formatX } = props;
  const y = pointsOnCurve({ points }, value)!;
  const at = toScreen(frame, { x: value, y });
  const right = at.x > frame.width * 0.7;
  return (
    <g>
      <line
        x1={at.x}
        x2={at.x}
        y1={at.y}
        y2={frame.height - frame.bottom}
        stroke="var(--accent)"
        strokeDasharray="3 3"
      />
      <circle cx={at.x} cy={at.y} r="4.5" fill="var(--accent)" />
      <text
        x={at.x + (right ? -9 : 9)}
        y={Math.min(frame.height - frame.bottom - 8, at.y + 18)}
        paintOrder="stroke"
        stroke="var(--surface)"
        strokeWidth="3"
        textAnchor={right ? 'end' : 'start'}
        fontSize="11"
        fontWeight="600"
        fill="var(--accent-text)"
      >
        {`${formatX(value)} → ${Math.round(y)} points`}
      </text>
    </g>
  );
}

function PointInputs({
  points,
  onChange,
  label,
  typed: { factor, unit },
}: {
  points: readonly CurvePoint[];
  onChange: (points: CurvePoint[]) => void;
  label: string;
  typed: TypedUnit;
}) {
  const set = (index: number, to: CurvePoint) => onChange(points.map((point, at) => (at === index ? to : point)));
  const middle = () => {
    const [one, other] = points.slice(-2);
    onChange(addPoint(points, { x: (one!.x + other!.x) / 2, y: (one!.y + other!.y) / 2 }));
  };
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      {points.map((point, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: points keep their order
        <span key={index} className="flex items-center gap-1 text-xs text-faint">
          <Input
            type="number"
            step="any"
            aria-label={`${label}, value of point ${index + 1}`}
            className="!h-7 !w-18 !px-1.5 !text-xs"
            value={exact(point.x * factor)}
            onChange={(event) =>
              !Number.isNaN(event.target.valueAsNumber) &&
              set(index, { ...point, x: exact(event.target.valueAsNumber / factor) })
            }
          />
          {unit && <span>{unit}</span>}→
          <Input
            type="number"
            min={0}
            max={100}
            aria-label={`${label}, points at point ${index + 1}`}
            className="!h-7 !w-14 !px-1.5 !text-xs"
            value={point.y}
            onChange={(event) =>
              !Number.isNaN(event.target.valueAsNumber) && set(index, { ...point, y: event.target.valueAsNumber })
            }
          />
        </span>
      ))}
      <Button size="sm" tone="quiet" onClick={middle}>
        <Plus className="size-3.5" aria-hidden="true" />
        Point
      </Button>
    </div>
  );
}

/** Without what floating point adds: 0.15 × 100 is 15. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
