import type { ReactNode } from 'react';
import { roundToTenth, shownChange, showParts } from '#core/health/shown-parts.ts';
import { formatPoints } from '#web/lib/format.ts';
import { cx } from './cx.ts';
import { stepsFrom } from './parts.ts';

export interface WaterfallPart {
  key: string;
  title: string;
  /** exact points gained or lost */
  points: number;
  /** why: for example "logins fell from 12 to 4" */
  detail?: ReactNode;
}

export interface WaterfallProps {
  from: { label: string; score: number };
  to: { label: string; score: number };
  parts: readonly WaterfallPart[];
}

const room = 4;
/** Percent of the width in which a broken axis goes from zero to where the scale begins. */
const breakWidth = 14;
/** A scale that would begin lower than this begins at zero. */
const leastBreak = 15;

/** A change of score from its start through its parts to its end. What is written adds up to the tenth. */
export function Waterfall({ from, to, parts }: WaterfallProps) {
  const exact = parts.map((part) => part.points);
  const steps = stepsFrom(from.score, exact);
  const written = showParts(exact, shownChange(from.score, to.score));
  const all = [from.score, to.score, ...steps.flatMap((step) => [step.low, step.high])];
  const lowest = Math.floor((Math.min(...all) - room) / 5) * 5;
  const low = lowest < leastBreak ? 0 : lowest;
  const high = Math.min(100, Math.ceil((Math.max(...all) + room) / 5) * 5);
  const start = low > 0 ? breakWidth : 0;
  const place = (value: number) => start + ((value - low) / (high - low || 1)) * (100 - start);
  return (
    <div>
      <ol className="flex flex-col">
        <End label={from.label} score={from.score} at={place(from.score)} broken={low > 0} />
        {parts.map((part, index) => (
          <li
            key={part.key}
            className="grid grid-cols-[minmax(7rem,2fr)_minmax(5rem,3fr)_3rem] items-center gap-x-3 py-1"
          >
            <span className="min-w-0">
              <span className="block truncate text-sm text-text">{part.title}</span>
              {part.detail && <span className="line-clamp-2 text-xs text-faint">{part.detail}</span>}
            </span>
            <span className="relative h-5">
              <span
                className={cx(
                  'absolute inset-y-0 rounded-xs',
                  steps[index]!.rises ? 'bg-good-fill' : 'bg-critical-fill',
                )}
                style={{
                  left: `${place(steps[index]!.low)}%`,
                  width: `max(2px, ${place(steps[index]!.high) - place(steps[index]!.low)}%)`,
                }}
              />
              <Connector at={place(steps[index]!.rises ? steps[index]!.high : steps[index]!.low)} />
            </span>
            <Points value={written[index]!.shown} />
          </li>
        ))}
        <End label={to.label} score={to.score} at={place(to.score)} broken={low > 0} last />
      </ol>
      <p className="mt-1 grid grid-cols-[minmax(7rem,2fr)_minmax(5rem,3fr)_3rem] gap-x-3 text-2xs text-faint">
        <span />
        <span className="tnum relative h-4">
          <span className="absolute left-0">0</span>
          {low > 0 && (
            <span className="absolute -translate-x-1/2" style={{ left: `${start}%` }}>
              {low}
            </span>
          )}
          <span className="absolute right-0">{high}</span>
        </span>
      </p>
      {low > 0 && (
        <p className="text-2xs text-faint">The scale leaves out 0 to {low}, so that the parts can be seen.</p>
      )}
    </div>
  );
}

interface EndProps {
  label: string;
  score: number;
  /** percent of the width */
  at: number;
  broken: boolean;
  last?: boolean;
}

function End({ label, score, at, broken, last }: EndProps) {
  return (
    <li
      className={cx(
        'grid grid-cols-[minmax(7rem,2fr)_minmax(5rem,3fr)_3rem] items-center gap-x-3 py-1',
        last && 'mt-1 border-t border-line pt-2',
      )}
    >
      <span className="truncate text-sm font-medium text-text">{label}</span>
      <span className="relative h-5">
        <span className="absolute inset-y-0 left-0 rounded-xs bg-none-fill/45" style={{ width: `${at}%` }} />
        {broken && <Break />}
        {!last && <Connector at={at} />}
      </span>
      <span className="tnum text-right text-sm font-semibold">{roundToTenth(score).toFixed(1)}</span>
    </li>
  );
}

/** Where the axis leaves out what lies between zero and the beginning of the scale. */
function Break() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 10 20"
      preserveAspectRatio="none"
      className="absolute -inset-y-0.5 h-6 w-2.5 -translate-x-1/2"
      style={{ left: `${breakWidth / 2}%` }}
    >
      <path d="M3 20 7 0" stroke="var(--surface)" strokeWidth="4" />
      <path d="M1 20 5 0M5 20 9 0" stroke="var(--control)" strokeWidth="1" />
    </svg>
  );
}

function Connector({ at }: { at: number }) {
  return <span aria-hidden="true" className="absolute top-full h-2 w-px bg-control" style={{ left: `${at}%` }} />;
}

function Points({ value }: { value: number }) {
  const tone = value > 0 ? 'text-good' : value < 0 ? 'text-critical' : 'text-faint';
  return <span className={cx('tnum text-right text-sm font-medium', tone)}>{formatPoints(value)}</span>;
}
